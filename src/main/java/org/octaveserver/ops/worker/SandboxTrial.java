package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.octaveserver.ops.lifecycle.TreeRemoval;

/** Finds out whether sandboxes work here, in the only way that is certain: by starting an Octave in one. */
final class SandboxTrial {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin/bwrap"), Path.of("/bin/bwrap"), Path.of("/usr/local/bin/bwrap"));
    private static final long LIMIT_SECONDS = 30;
    private static final int LONGEST_QUOTE = 500;
    private static final String ANSWER = "ops-sandbox-42";

    /** Where bubblewrap is; where it would be, when it is not. */
    static Path bubblewrap() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(PROGRAMS.get(0));
    }

    /**
     * What stands against a sandbox for a runtime, if anything.
     *
     * @param walls what is put in front of the command of the runtime
     */
    Optional<String> problem(BiFunction<List<String>, Sandbox.View, List<String>> walls, List<String> command) {
        if (!Files.isExecutable(bubblewrap())) {
            return Optional.of("bubblewrap is not installed (Debian: apt-get install bubblewrap; Fedora: dnf install"
                    + " bubblewrap)");
        }
        try {
            Path folder = Files.createTempDirectory("ops-sandbox");
            try {
                List<String> whole =
                        new ArrayList<>(walls.apply(command, new Sandbox.View(folder, List.of(folder), List.of())));
                whole.addAll(command);
                whole.addAll(List.of(
                        "--norc", "--no-history", "--quiet", "--no-gui", "--eval", "printf ('ops-sandbox-%d', 6*7)"));
                return problem(whole, folder.resolveSibling(folder.getFileName() + ".log"));
            } finally {
                TreeRemoval.remove(folder);
            }
        } catch (IOException e) {
            return Optional.of("a sandbox could not be tried: " + e);
        }
    }

    private static Optional<String> problem(List<String> whole, Path log) throws IOException {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().retainAll(List.of("PATH"));
            builder.environment().put("HOME", "/tmp");
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("Octave did not answer within " + LIMIT_SECONDS + " s in a sandbox");
            }
            String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
            return said.contains(ANSWER) ? Optional.empty() : Optional.of(told(process.exitValue(), said));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the server is stopping");
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static String told(int status, String said) {
        return "Octave does not run in a sandbox of bubblewrap (exit status " + status + ": "
                + said.substring(0, Math.min(said.length(), LONGEST_QUOTE))
                + "); the system must allow namespaces of users to its account (in a container: run it with"
                + " --security-opt seccomp=unconfined --cap-add SYS_ADMIN), and what Octave needs outside of /usr must"
                + " be in ops.sandbox.read";
    }
}
