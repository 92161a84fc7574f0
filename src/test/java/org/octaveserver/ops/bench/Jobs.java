package org.octaveserver.ops.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asynchronous calls: how many are accepted, how many come to their end, and what keeping many costs. */
final class Jobs implements Scenario {
    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.add(JobSubmissions.measure(stage));
        rows.add(JobsToTheirEnd.measure(stage));
        rows.addAll(KeptJobs.measure(stage));
        return rows;
    }
}
