package org.octaveserver.ops.job.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.DeliveryStore;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobIds;
import org.octaveserver.ops.job.JobOrder;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobRules;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStatus;
import org.octaveserver.ops.job.JobTarget;
import org.octaveserver.ops.job.JobTimes;
import org.octaveserver.ops.job.Progress;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.store.LogLines;

/** Against a real receiver. */
class CallbackSenderTest {
    private static final Instant ENDED = Instant.parse("2026-11-23T01:02:03Z");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Watchdog watchdog = new Watchdog();
    private final NotedDeliveries noted = new NotedDeliveries();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer receiver;
    private final List<CallbackSender> senders = new ArrayList<>();

    /** What a receiver saw. */
    private record Received(String path, String id, String time, String signature, String body) {}

    /** Keeps deliveries as a store does, in memory. */
    private static final class NotedDeliveries implements DeliveryStore {
        private final Queue<Delivery> waiting = new ArrayDeque<>();
        private final List<Delivery> done = new ArrayList<>();
        private int postponed;

        @Override
        public synchronized CompletableFuture<List<Delivery>> due(int most, Duration lease) {
            List<Delivery> due = new ArrayList<>();
            while (due.size() < most && !waiting.isEmpty()) {
                due.add(waiting.remove());
            }
            return CompletableFuture.completedFuture(due);
        }

        @Override
        public synchronized CompletableFuture<Void> putOff(List<Delivery> deliveries, Duration wait) {
            waiting.addAll(deliveries);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public synchronized CompletableFuture<Void> done(Delivery delivery) {
            done.add(delivery);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public synchronized CompletableFuture<Void> postpone(Delivery delivery, Duration wait) {
            postponed++;
            waiting.add(new Delivery(
                    delivery.number(),
                    delivery.job(),
                    delivery.uri(),
                    delivery.tries() + 1,
                    delivery.since(),
                    delivery.body()));
            return CompletableFuture.completedFuture(null);
        }

        synchronized void add(Delivery delivery) {
            waiting.add(delivery);
        }

        synchronized List<Delivery> done() {
            return List.copyOf(done);
        }

        synchronized int postponed() {
            return postponed;
        }
    }

    @BeforeEach
    void listen() throws IOException {
        watchdog.start();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newCachedThreadPool());
        receiver.createContext("/", this::receive);
        receiver.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int i = 0; i < 100; i++) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        receiver.createContext("/never", exchange -> {
            try {
                boolean unused = end.await(SOON.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        senders.forEach(CallbackSender::stop);
        receiver.stop(0);
        watchdog.stop();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body));
        Integer status = statuses.poll();
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        exchange.close();
    }

    private void start(String allowed, Duration giveUpAfter) {
        CallbackSettings settings = new TestCallbackSettings(
                Optional.of(List.of(allowed)), Duration.ofSeconds(1), giveUpAfter, Duration.ofMillis(20));
        CallbackSender sender = new CallbackSender(
                noted, settings, new CallbackSignature("secret"), InstantSource.fixed(ENDED.plusSeconds(5)), watchdog);
        senders.add(sender);
        sender.start();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + receiver.getAddress().getPort() + path);
    }

    private DeliveryStore.Delivery delivery(Job job, String path) {
        return delivery(7, job, uri(path));
    }

    private static DeliveryStore.Delivery delivery(long number, Job job, URI uri) {
        String body = CallbackMessage.of(Callback.Event.FAILURE, ENDED, job);
        return new DeliveryStore.Delivery(number, job.id(), uri, 0, ENDED, body);
    }

    private static Job job() {
        return new Job(
                new JobIds().next(),
                new JobTarget("demo", "1.2.0", "demo/1.2.0-abc", 3, "simulate", 1),
                new JobOwner(Optional.empty(), "127.0.0.1", "Nor101"),
                new JobOrder(
                        CallOptions.NONE, new JobRules(false, Duration.ofHours(1), Duration.ZERO, 3), List.of(), ""),
                new JobStatus(
                        JobState.THREW,
                        12,
                        new JobStatus.Tries(1, 1),
                        "node",
                        new Progress(0.5, "half"),
                        Optional.of(new JobProblem("demo:bad", "it \"failed\""))),
                new JobTimes(ENDED, Optional.empty(), Optional.empty(), Optional.of(ENDED), Optional.empty()));
    }

    @Test
    void tellsWhatHasHappenedSignedAndOnce() {
        Job job = job();
        noted.add(delivery(job, "/hook"));
        start("localhost", Duration.ofHours(1));

        await().atMost(SOON).until(() -> !noted.done().isEmpty());
        assertThat(received).hasSize(1);
        Received one = received.get(0);
        assertThat(one.id()).isEqualTo(job.id() + "-7");
        assertThat(one.time()).isEqualTo(Long.toString(ENDED.getEpochSecond() + 5));
        assertThat(one.signature())
                .isEqualTo(new CallbackSignature("secret")
                        .of(one.id(), ENDED.getEpochSecond() + 5, one.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(one.body())
                .isEqualTo("{\"type\":\"job.failure\",\"timestamp\":\"2026-11-23T01:02:03Z\",\"data\":{\"id\":\""
                        + job.id()
                        + "\",\"state\":\"THREW\",\"bundle\":\"demo\",\"version\":\"1.2.0\",\"function\":\"simulate\","
                        + "\"client\":\"Nor101\",\"progress\":{\"fraction\":0.5,\"message\":\"half\"},"
                        + "\"problem\":{\"code\":\"demo:bad\",\"message\":\"it \\\"failed\\\"\"},"
                        + "\"accepted\":\"2026-11-23T01:02:03Z\",\"ended\":\"2026-11-23T01:02:03Z\"}}");
    }

    @Test
    void triesAgainUntilTheReceiverTakesIt() {
        Job job = job();
        statuses.addAll(List.of(500, 302));
        noted.add(delivery(job, "/hook"));
        start("localhost", Duration.ofHours(1));

        await().atMost(SOON).until(() -> !noted.done().isEmpty());
        // Not where the redirect leads.
        assertThat(received).extracting(Received::path).containsExactly("/hook", "/hook", "/hook");
        assertThat(received).extracting(Received::id).containsOnly(job.id() + "-7");
        assertThat(noted.postponed()).isEqualTo(2);
    }

    @Test
    void doesNotTryAgainWhereNobodyWantsIt() {
        Job job = job();
        statuses.add(410);
        noted.add(delivery(job, "/hook"));
        start("localhost", Duration.ofHours(1));

        await().atMost(SOON).until(() -> !noted.done().isEmpty());
        assertThat(received).hasSize(1);
    }

    @Test
    void givesUpAfterItsTime() {
        Job job = job();
        statuses.addAll(List.of(500, 500, 500));
        noted.add(delivery(job, "/hook"));
        start("localhost", Duration.ofSeconds(1));

        await().atMost(SOON).until(() -> !noted.done().isEmpty());
        assertThat(received).hasSize(1);
    }

    @Test
    void doesNotConnectToWhereCallbacksMayNotGo() {
        Job job = job();
        noted.add(delivery(job, "/hook"));
        try (LogLines log = new LogLines()) {
            start("*", Duration.ofHours(1));
            await().atMost(SOON).until(() -> noted.postponed() > 0);
            assertThat(received).isEmpty();
            assertThat(log.of(CallbackSender.class).get(0)).contains("ops.callbacks.allowed");
        }
    }

    @Test
    void aReceiverThatNeverEndsItsAnswerHoldsNobody() {
        Job job = job();
        noted.add(delivery(job, "/slow"));
        start("localhost", Duration.ofHours(1));

        await().atMost(SOON).until(() -> !noted.done().isEmpty());
    }

    @Test
    void aHostThatDoesNotAnswerHoldsUpNoOther() {
        Job job = job();
        for (int i = 0; i < 150; i++) {
            noted.add(delivery(job, "/never"));
        }
        URI other = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        noted.add(delivery(8, job, other));
        start("127.0.0.0/8", Duration.ofHours(1));

        await().atMost(SOON).until(() -> !received.isEmpty());
        assertThat(received).extracting(Received::id).containsExactly(job.id() + "-8");
    }
}
