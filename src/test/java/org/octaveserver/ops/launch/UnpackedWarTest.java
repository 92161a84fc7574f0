package org.octaveserver.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedWarTest {
    @TempDir
    private Path temp;

    private Path war;
    private Path cache;
    private Path fallback;

    @BeforeEach
    void make() throws IOException {
        war = TinyWar.of(
                temp.resolve("ops.war"),
                Map.of(
                        "WEB-INF/classes/a/B.class", "b",
                        "WEB-INF/lib/x.jar", "x",
                        "WEB-INF/standalone/t.jar", "t",
                        "WEB-INF/octave/w.m", "w",
                        "WEB-INF/web.xml", "not wanted",
                        "index.html", "not wanted"));
        cache = temp.resolve("home/run/war");
        fallback = temp.resolve("fallback");
    }

    private Path unpacked() throws IOException {
        return UnpackedWar.of(war, cache, fallback);
    }

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.toList();
        }
    }

    @Test
    void unpacksOnlyWhatAProcessNeeds() throws IOException {
        Path webInf = unpacked();
        assertThat(webInf).startsWith(cache).hasFileName("WEB-INF");
        assertThat(webInf.resolve("classes/a/B.class")).hasContent("b");
        assertThat(webInf.resolve("octave/w.m")).hasContent("w");
        assertThat(in(webInf))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder("classes", "lib", "standalone", "octave");
        assertThat(in(in(cache).get(0))).hasSize(1);
    }

    @Test
    void unpacksOnce() throws IOException {
        Path webInf = unpacked();
        Files.writeString(webInf.resolve("classes/mark"), "still here");
        assertThat(unpacked()).isEqualTo(webInf);
        assertThat(webInf.resolve("classes/mark")).exists();
        assertThat(in(cache)).hasSize(1);
    }

    @Test
    void unpacksAnotherContentElsewhere() throws IOException {
        Path first = unpacked();
        TinyWar.of(war, Map.of("WEB-INF/classes/a/B.class", "c"));
        assertThat(unpacked()).isNotEqualTo(first);
        assertThat(first.resolve("classes/a/B.class")).hasContent("b");
    }

    @Test
    void letsNobodyElseWriteWhatIsRun() throws IOException {
        unpacked();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("home"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(in(cache).get(0))))
                .isEqualTo("rwx------");
    }

    @Test
    void givesAllOfThemOneResultWhenManyUnpackAtOnce() throws Exception {
        int count = 8;
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<Path>> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                results.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return unpacked();
                }));
            }
            Path expected = results.get(0).get(10, TimeUnit.SECONDS);
            for (Future<Path> result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(expected);
            }
            assertThat(in(cache)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        TinyWar.of(war, Map.of("WEB-INF/classes/../../../../evil", "x"));
        assertThatThrownBy(this::unpacked).isInstanceOf(IOException.class).hasMessageContaining("leaves the WAR");
        assertThat(in(cache)).isEmpty();
        assertThat(temp.resolve("evil")).doesNotExist();
    }

    @Test
    void fallsBackWhereTheHomeCannotBeWritten() throws IOException {
        Files.writeString(temp.resolve("home"), "a file, no directory");
        Path webInf = unpacked();
        assertThat(webInf).startsWith(fallback);
        assertThat(unpacked()).isEqualTo(webInf);
        assertThat(in(fallback)).hasSize(1);
    }

    @Test
    void trustsNoFallbackThatOthersCanWrite() throws IOException {
        Files.writeString(temp.resolve("home"), "a file, no directory");
        Files.createDirectory(fallback);
        Files.setPosixFilePermissions(fallback, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(this::unpacked).hasMessageContaining("set OPS_HOME");
        assertThat(in(fallback)).isEmpty();
    }

    @Test
    void trustsNoFallbackThatIsALink() throws IOException {
        Files.writeString(temp.resolve("home"), "a file, no directory");
        Files.createSymbolicLink(fallback, Files.createDirectory(temp.resolve("theirs")));
        assertThatThrownBy(this::unpacked).hasMessageContaining("set OPS_HOME");
    }
}
