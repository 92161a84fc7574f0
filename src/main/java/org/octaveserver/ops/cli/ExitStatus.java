package org.octaveserver.ops.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command tells the shell. */
public enum ExitStatus {
    OK(0, "done"),
    REFUSED(1, "the server refused, or the function threw an error"),
    USAGE(2, "wrong use of the command, or a local file that it cannot take"),
    UNREACHABLE(3, "no server answered");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number the shell sees. */
    public int code() {
        return code;
    }

    /** Number and meaning of each, for {@code --help}. */
    static Map<String, String> explained() {
        Map<String, String> lines = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(status -> lines.put(" " + status.code(), status.meaning));
        return lines;
    }
}
