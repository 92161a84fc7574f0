package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.settings.SettingsException;

/**
 * The account of workers, other than the server's, which is root.
 *
 * @param uid its number
 * @param gid that of its group
 */
public record RunAs(int uid, int gid) {
    private static final Path ACCOUNTS = Path.of("/etc/passwd");
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9}):(\\d{1,9})");
    private static final RunAs NOBODY = new RunAs(65534, 65534);

    /**
     * The account that settings ask for.
     *
     * @throws SettingsException when there is none of that name, or the server may not become another account
     */
    static Optional<RunAs> of(SandboxSettings settings) {
        if (settings.user().isEmpty()) {
            return serverIsRoot() && settings.mode() != SandboxMode.NONE ? Optional.of(NOBODY) : Optional.empty();
        }
        if (!serverIsRoot()) {
            throw new SettingsException(List.of(
                    "ops.sandbox.user is set; only a server that runs as root can run workers as another account"));
        }
        return Optional.of(named(settings.user().get()));
    }

    static boolean serverIsRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Not Linux.
            return false;
        }
    }

    private static RunAs named(String user) {
        Matcher numbers = NUMBERS.matcher(user);
        if (numbers.matches()) {
            return new RunAs(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
        }
        try {
            for (String line : Files.readAllLines(ACCOUNTS)) {
                String[] fields = line.split(":", -1);
                if (fields.length > 3 && fields[0].equals(user)) {
                    return new RunAs(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
                }
            }
        } catch (IOException | NumberFormatException e) {
            throw new SettingsException(
                    List.of("ops.sandbox.user is " + user + ", and " + ACCOUNTS + " cannot be read: " + e));
        }
        throw new SettingsException(List.of("ops.sandbox.user is " + user + ", which " + ACCOUNTS
                + " does not have; expected its name there, or uid:gid"));
    }

    /** Gives it a file or directory. */
    void own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", uid);
        Files.setAttribute(path, "unix:gid", gid);
    }

    /** What to put in front of a command that is to run under it, with no privileges that it could use. */
    List<String> inFrontOf() {
        return List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + gid,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "--ambient-caps=-all",
                "--bounding-set=-all");
    }
}
