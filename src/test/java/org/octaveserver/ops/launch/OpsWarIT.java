package org.octaveserver.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar ops.war} as a process. */
class OpsWarIT {
    @TempDir
    private Path temp;

    private Process ops(String name, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("ops.test.war")));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve(name).toFile());
        builder.environment().put("OPS_HOME", temp.resolve("home").toString());
        return builder.start();
    }

    private static int status(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void unpacksOnceWhenSeveralProcessesStartTogether() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(ops("out" + i, "--version"));
        }
        for (int i = 0; i < processes.size(); i++) {
            assertThat(status(processes.get(i))).isZero();
            assertThat(temp.resolve("out" + i)).content().matches("ops \\d+\\.\\d+\\.\\d+\\S*\\R");
        }
        try (Stream<Path> unpacked = Files.list(temp.resolve("home/run/war"))) {
            assertThat(unpacked).hasSize(1);
        }
    }

    @Test
    void passesTheExitStatusOn() throws Exception {
        assertThat(status(ops("out", "list", "--server", "http://127.0.0.1:1"))).isEqualTo(3);
        assertThat(temp.resolve("out")).content().contains("no OPS server answers at http://127.0.0.1:1");
    }

    @Test
    void packsAndNamesAnExample() throws Exception {
        Path example = Path.of(System.getProperty("ops.test.basedir"), "docs", "examples", "curvefit");
        Path file = temp.resolve("curvefit.tar.gz");
        assertThat(status(ops("out", "bundle", example.toString(), "-o", file.toString())))
                .isZero();
        assertThat(file).isNotEmptyFile();
    }
}
