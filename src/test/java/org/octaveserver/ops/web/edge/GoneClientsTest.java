package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With lists that the test writes. */
class GoneClientsTest {
    private static final String OPEN = "01";
    private static final String HALF_CLOSED = "08";
    private static final String LOCALHOST = "0100007F";

    @TempDir
    Path lists;

    private final List<String> gone = new CopyOnWriteArrayList<>();
    private GoneClients clients = new GoneClients();

    @BeforeEach
    void begin() throws IOException {
        list();
        clients = new GoneClients(lists, Duration.ofMillis(5));
        clients.start();
    }

    @AfterEach
    void end() {
        clients.stop();
    }

    /** Lines like {@code 50000 01}: the client's port and the state. */
    private void list(String... lines) throws IOException {
        StringBuilder text = new StringBuilder(TcpTableTest.TITLES4);
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            text.append(String.format(
                    "  0: %s:26FD %s:%04X %s 00000000:0\n",
                    LOCALHOST, LOCALHOST, Integer.parseInt(parts[0]), parts[1]));
        }
        Path next = Files.writeString(lists.resolve("next"), text);
        Files.move(next, lists.resolve("tcp"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static GoneClients.Connection from(int port) {
        return new GoneClients.Connection("127.0.0.1", port, "127.0.0.1", 0x26FD);
    }

    private GoneClients.Watch watch(int port) {
        return clients.watch(from(port), () -> gone.add(Integer.toString(port)));
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(assertion);
    }

    private Thread looking() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ops-gone-clients-"))
                .findFirst()
                .orElseThrow();
    }

    private void sleeps() {
        eventually(() -> assertThat(looking().getState()).isEqualTo(Thread.State.WAITING));
    }

    @Test
    void noticesAClientThatHasClosedItsSideAndNoOther() throws IOException {
        list("50000 " + OPEN, "50001 " + HALF_CLOSED);
        watch(50000);
        watch(50001);
        eventually(() -> assertThat(gone).containsExactly("50001"));
        list("50000 " + HALF_CLOSED);
        eventually(() -> assertThat(gone).containsExactly("50001", "50000"));
        sleeps();
    }

    @Test
    void noticesAClientWhoseLineIsNoMore() throws Exception {
        list("50000 " + OPEN, "50001 " + OPEN);
        GoneClients.Watch other = watch(50001);
        watch(50000);
        passLooks();
        list("50001 " + OPEN);
        eventually(() -> assertThat(gone).containsExactly("50000"));
        other.close();
        sleeps();
    }

    /** Until one has been noticed that came later. */
    private void passLooks() throws Exception {
        CountDownLatch noticed = new CountDownLatch(1);
        Path list = lists.resolve("tcp");
        String before = Files.readString(list);
        Files.writeString(list, before + String.format("  0: %s:26FD %s:0001 08 00000000:0\n", LOCALHOST, LOCALHOST));
        clients.watch(from(1), noticed::countDown);
        assertThat(noticed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesAloneWhoWasNeverListed() throws Exception {
        watch(50000);
        clients.watch(new GoneClients.Connection("client.example", 50000, "127.0.0.1", 1), () -> gone.add("name"));
        passLooks();
        sleeps();
        assertThat(gone).isEmpty();
    }

    @Test
    void noticesAllCallsOfOneConnection() throws IOException {
        list("50000 " + OPEN);
        watch(50000);
        watch(50000).close();
        watch(50000);
        list("50000 " + HALF_CLOSED);
        eventually(() -> assertThat(gone).containsExactly("50000", "50000"));
    }

    @Test
    void doesNothingWhenClosedBefore() throws Exception {
        list("50000 " + HALF_CLOSED);
        GoneClients.Watch watch = watch(50000);
        watch.close();
        watch.close();
        passLooks();
        sleeps();
        assertThat(gone).isEmpty();
    }

    @Test
    void sleepsUntilSomebodyIsWatched() throws Exception {
        sleeps();
        list("50000 " + HALF_CLOSED);
        watch(50000);
        eventually(() -> assertThat(gone).hasSize(1));
        sleeps();
        watch(50000);
        eventually(() -> assertThat(gone).hasSize(2));
    }

    @Test
    void goesOnWhenWhatIsToBeDoneFailsOrTakesLong() throws Exception {
        list("50000 " + HALF_CLOSED, "50001 " + HALF_CLOSED);
        CountDownLatch release = new CountDownLatch(1);
        clients.watch(from(50000), () -> {
            throw new IllegalStateException("on purpose");
        });
        clients.watch(from(50000), () -> {
            try {
                assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        passLooks();
        watch(50001);
        eventually(() -> assertThat(gone).containsExactly("50001"));
        release.countDown();
    }

    @Test
    void tellsNothingOfAnybodyWhileTheListCannotBeRead() throws Exception {
        list("50000 " + OPEN);
        watch(50000);
        passLooks();
        Path list = lists.resolve("tcp");
        Files.move(list, lists.resolve("away"));
        Files.createDirectory(list);
        watch(50001);
        eventually(() -> assertThat(looking().getState()).isNotEqualTo(Thread.State.WAITING));
        Files.delete(list);
        list("50000 " + OPEN, "50001 " + HALF_CLOSED);
        eventually(() -> assertThat(gone).containsExactly("50001"));
    }

    @Test
    void doesNothingWhereTheSystemHasNoList() {
        GoneClients none = new GoneClients(lists.resolve("missing"), Duration.ofMillis(1));
        none.start();
        try (GoneClients.Watch watch = none.watch(from(1), () -> gone.add("none"))) {
            assertThat(watch).isNotNull();
        }
        none.stop();
        assertThat(gone).isEmpty();
    }
}
