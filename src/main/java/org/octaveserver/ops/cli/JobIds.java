package org.octaveserver.ops.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the job that somebody means. */
final class JobIds {
    private static final Pattern PART = Pattern.compile("[0-9a-f-]{1,36}");
    private static final int WHOLE = 36;
    private static final int RECENT = 500;
    private static final int SHOWN = 5;

    private JobIds() {}

    /**
     * The id that is meant by a text: itself, or what it is the beginning or the end of among the last jobs. Beginnings are moments,
     * so that ids of the same minute are told apart by their ends.
     *
     * @throws CommandFailure when it is none, or means several
     */
    static String find(ServerClient client, String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (!PART.matcher(wanted).matches()) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "\"" + text
                            + "\" is no id of a job, which is a UUID, nor the beginning or the end of one; \"ops jobs\" lists"
                            + " them");
        }
        return wanted.length() == WHOLE ? wanted : only(wanted, like(client, wanted));
    }

    private static List<String> like(ServerClient client, String part) {
        return client.get(JobPaths.page(RECENT)).path("jobs").findValuesAsText("id").stream()
                .filter(id -> id.startsWith(part) || id.endsWith(part))
                .toList();
    }

    private static String only(String part, List<String> found) {
        if (found.isEmpty()) {
            throw new CommandFailure(
                    ExitStatus.REFUSED,
                    "no id of the last " + RECENT + " jobs begins or ends with " + part
                            + "; \"ops jobs\" lists them, and a" + " whole id finds older ones");
        }
        if (found.size() > 1) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    found.size() + " jobs have ids that begin or end with " + part
                            + "; write more of the one you mean:\n"
                            + found.stream().limit(SHOWN).collect(Collectors.joining("\n"))
                            + (found.size() > SHOWN ? "\n..." : ""));
        }
        return found.get(0);
    }
}
