package org.octaveserver.ops.cli.print;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.octaveserver.ops.value.OctaveValue;

/** What the printer writes, as text. */
final class Shown {
    private Shown() {}

    static String of(OctaveValue value) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new ValuePrinter(out).print("ans", value);
        out.flush();
        return text.toString();
    }
}
