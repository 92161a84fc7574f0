package org.octaveserver.ops.bench;

import java.io.IOException;
import java.util.List;

/** Something that is measured. */
interface Scenario {
    /** By which it is chosen. */
    String name();

    List<Row> measure(Stage stage) throws IOException, InterruptedException;
}
