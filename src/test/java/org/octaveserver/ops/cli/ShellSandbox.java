package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A copy of {@code bin/ops} in a directory of its own, with a {@code PATH} that holds only common Unix tools and the
 * fakes that a test puts there.
 */
final class ShellSandbox {
    private static final List<String> TOOLS = List.of(
            "awk",
            "basename",
            "cat",
            "chmod",
            "date",
            "dirname",
            "env",
            "find",
            "head",
            "id",
            "mkdir",
            "mv",
            "nohup",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "tail",
            "touch",
            "tr",
            "uname");

    /** Answers as a JDK does, remembers how it was called, and plays the server and the client. */
    private static final String JAVA = """
            #!/bin/sh
            case "$*" in *-XshowSettings*)
                version=17; [ ! -f "${0%/*}/../version" ] || version=$(cat "${0%/*}/../version")
                printf '    java.home = %s\\n    java.specification.version = %s\\n' "$(cd "${0%/*}/.." && pwd)" "$version" >&2
                exit ;;
            esac
            printf 'java %s\\n' "$*" >>"$SANDBOX_LOG"
            case " $* " in *' -jar '*) ;; *) exit 0 ;; esac
            while [ "$1" != -jar ]; do shift; done
            shift 2
            case $1 in
                start)
                    if [ -n "${FAKE_FAILURE:-}" ]; then echo "$FAKE_FAILURE"; exit 4; fi
                    if [ -n "${FAKE_STUBBORN:-}" ]; then trap '' TERM; else trap 'echo stopping; exit 7' TERM; fi
                    echo $$ >"$OPS_HOME/run/server.pid"
                    echo http://127.0.0.1:1 >"$OPS_HOME/run/endpoint"
                    while :; do sleep 0.1; done ;;
                list) [ ! -f "$OPS_HOME/names" ] || cat "$OPS_HOME/names" ;;
                deploy) for last; do :; done; basename "$last" >>"$OPS_HOME/names" ;;
            esac
            """;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    ShellSandbox(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(root().resolve("bin"));
        Files.createDirectories(tools());
        // What this machine has in sbin is none of a test's business.
        String script = Files.readString(Path.of(System.getProperty("ops.test.basedir"), "bin", "ops"));
        program(root().resolve("bin/ops"), script.replace("/usr/sbin/", directory.resolve("sbin") + "/"));
        for (String tool : TOOLS) {
            for (String folder : List.of("/bin", "/usr/bin")) {
                if (Files.exists(Path.of(folder, tool)) && !Files.exists(tools().resolve(tool))) {
                    program(tools().resolve(tool), "#!/bin/sh\nexec " + folder + "/" + tool + " \"$@\"\n");
                }
            }
        }
        environment.put("PATH", tools().toString());
        environment.put("HOME", directory.resolve("user").toString());
        environment.put("OPS_HOME", home().toString());
        environment.put("SANDBOX_LOG", log().toString());
        environment.put("LC_ALL", "C.UTF-8");
        Files.createDirectories(directory.resolve("user"));
        Files.createFile(log());
    }

    /** The project, or the unpacked release. */
    Path root() {
        return directory.resolve("root");
    }

    Path home() {
        return directory.resolve("home");
    }

    private Path tools() {
        return directory.resolve("tools");
    }

    private Path log() {
        return directory.resolve("calls");
    }

    /** What the fakes were called with, line by line. */
    List<String> calls() throws IOException {
        return Files.readAllLines(log());
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    void fake(String tool, String script) throws IOException {
        Files.deleteIfExists(tools().resolve(tool));
        program(tools().resolve(tool), script);
    }

    /** Takes a tool away. */
    void without(String tool) throws IOException {
        Files.deleteIfExists(tools().resolve(tool));
    }

    /** A program that is no tool of ordinary accounts. */
    void fakeOfSystem(String tool, String script) throws IOException {
        Files.createDirectories(directory.resolve("sbin"));
        program(directory.resolve("sbin").resolve(tool), script);
    }

    /** A JDK of that version whose java is a fake. */
    Path jdk(String name, String version) throws IOException {
        Path jdk = directory.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        program(jdk.resolve("bin/java"), JAVA);
        program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("version"), version);
        return jdk;
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Starts {@code bin/ops} without waiting; it writes to {@link #output()}. */
    Process begin(String... args) throws IOException {
        return begin(root().resolve("bin/ops"), args);
    }

    private Process begin(Path script, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    /** Runs {@code bin/ops} to its end and answers its exit status. */
    int run(String... args) throws IOException, InterruptedException {
        return runAs(root().resolve("bin/ops"), args);
    }

    /** The same by another path that leads to it. */
    int runAs(Path script, String... args) throws IOException, InterruptedException {
        Process process = begin(script, args);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            assertThat(output()).as("bin/ops did not end").isNull();
        }
        return process.exitValue();
    }
}
