package org.octaveserver.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {
    @TempDir
    Path directory;

    private Path file = Path.of("admin-token");

    @BeforeEach
    void name() {
        file = directory.resolve("conf/admin-token");
    }

    private AdminToken token() {
        return AdminToken.readOrCreate(file, new SecureRandom());
    }

    private String text() throws IOException {
        return Files.readString(file).strip();
    }

    @Test
    void isMadeReadableByItsOwnerOnly() throws IOException {
        token();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesNothingElseBeside() throws IOException {
        token();
        try (Stream<Path> made = Files.list(file.getParent())) {
            assertThat(made).containsExactly(file);
        }
    }

    @Test
    void isLongUnpredictableAndSafeInAHeader() throws IOException {
        token();
        String first = text();
        Files.delete(file);
        token();
        assertThat(text()).isNotEqualTo(first).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void isTheSameAtTheSecondStart() throws IOException {
        token();
        String first = text();
        assertThat(token().matches(first)).isTrue();
        assertThat(text()).isEqualTo(first);
    }

    @Test
    void matchesItselfOnly() throws IOException {
        AdminToken token = token();
        String right = text();
        assertThat(token.matches(right)).isTrue();
        assertThat(Stream.of(
                        "",
                        "x",
                        right + "x",
                        right.substring(1),
                        right + "\n",
                        " " + right,
                        right.toLowerCase(Locale.ROOT)))
                .noneMatch(token::matches);
    }

    @Test
    void mayBeChosenByTheOperator() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "\n  chosen-token \n");
        assertThat(token().matches("chosen-token")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \t\n"})
    void isRefusedWhenItIsEmpty(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThatThrownBy(this::token)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("it is empty; remove it");
    }

    @Test
    void saysWhichFileCannotBeRead() throws IOException {
        Files.createDirectories(file);
        assertThatThrownBy(this::token)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the admin token " + file + " cannot be used");
    }

    @Test
    void isNeverShown() throws IOException {
        Object token = token();
        assertThat(token.toString()).doesNotContain(text());
        Caller caller = new Caller(true, false, false, "localhost", Optional.of(text()));
        assertThat(caller.toString()).doesNotContain(text()).contains("token=given");
    }

    @Test
    void isOneForServersThatMakeItAtTheSameTime() throws Exception {
        int servers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(servers);
        try {
            for (int round = 0; round < 25; round++) {
                Files.deleteIfExists(file);
                CyclicBarrier together = new CyclicBarrier(servers);
                List<Future<AdminToken>> made = new ArrayList<>();
                for (int i = 0; i < servers; i++) {
                    made.add(threads.submit(() -> {
                        together.await(10, TimeUnit.SECONDS);
                        return token();
                    }));
                }
                for (Future<AdminToken> token : made) {
                    assertThat(token.get(10, TimeUnit.SECONDS).matches(text())).isTrue();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
