package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.Isolation;
import org.octaveserver.ops.worker.WorkerSpec;

/** The queue beside a list that is searched from end to end. */
class FairQueueModelTest {
    private static final List<WorkerSpec> KEYS =
            List.of(FakeWorkers.spec("a@1"), FakeWorkers.spec("a@2"), FakeWorkers.spec("b@1"));
    private static final List<String> PARTIES = List.of("free", "two", "one", "also free");
    private static final List<OptionalInt> MOST_OF_PARTY =
            List.of(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(1), OptionalInt.empty());
    private static final List<OptionalInt> MOST_OF_BUNDLE =
            List.of(OptionalInt.of(3), OptionalInt.of(2), OptionalInt.empty());

    /** What one step may do. */
    enum Kind {
        ADD,
        ADD_ANOTHER,
        NEXT_CLEAN,
        NEXT_USED,
        END,
        REMOVE,
        REMOVE_ALL
    }

    /** One step; the numbers choose. */
    record Step(Kind kind, int key, int party, int urgency, boolean fresh) {}

    /** A call as the model knows it. */
    private record Known(int key, QueuedCall call) {
        Claim claim() {
            return call.claim();
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(6, Kind.ADD),
                                Tuple.of(3, Kind.ADD_ANOTHER),
                                Tuple.of(4, Kind.NEXT_CLEAN),
                                Tuple.of(4, Kind.NEXT_USED),
                                Tuple.of(4, Kind.END),
                                Tuple.of(2, Kind.REMOVE),
                                Tuple.of(1, Kind.REMOVE_ALL)),
                        Arbitraries.integers().between(0, KEYS.size() - 1),
                        Arbitraries.integers().between(0, PARTIES.size() - 1),
                        Arbitraries.integers().between(0, Claim.LEAST_URGENCY),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }

    /** Both, and whether they agree. */
    private static final class Pair {
        final FairQueue queue = new FairQueue();
        final List<Known> waiting = new ArrayList<>();
        final List<Known> running = new ArrayList<>();
        long time;

        void take(Step step) {
            switch (step.kind()) {
                case ADD, ADD_ANOTHER -> add(step);
                case NEXT_CLEAN -> next(step.key(), true);
                case NEXT_USED -> next(step.key(), false);
                case END -> end(step);
                case REMOVE -> remove(step);
                case REMOVE_ALL -> removeAll(step.key());
            }
            agree();
        }

        private void add(Step step) {
            Claim claim = new Claim(
                    PARTIES.get(step.party()),
                    step.party() + 1,
                    step.urgency(),
                    step.fresh() ? Isolation.FRESH : Isolation.WARM,
                    MOST_OF_PARTY.get(step.party()),
                    MOST_OF_BUNDLE.get(step.key()));
            QueuedCall call = new QueuedCall(++time, claim, new CompletableFuture<>());
            waiting.add(new Known(step.key(), call));
            queue.add(KEYS.get(step.key()), call);
        }

        private boolean isBlocked(Known one) {
            long ofParty = running.stream()
                    .filter(other -> other.claim().party().equals(one.claim().party()))
                    .count();
            return ofParty >= one.claim().mostOfParty().orElse(Integer.MAX_VALUE) || bundleRoom(one.key()) == 0;
        }

        private long bundleRoom(int key) {
            long ofBundle = running.stream()
                    .filter(other ->
                            KEYS.get(other.key()).bundle().equals(KEYS.get(key).bundle()))
                    .count();
            return Math.max(0, MOST_OF_BUNDLE.get(key).orElse(Integer.MAX_VALUE) - ofBundle);
        }

        private Stream<Known> of(int key) {
            return waiting.stream().filter(one -> one.key() == key);
        }

        private Stream<Known> eligible(int key) {
            return of(key).filter(one -> !isBlocked(one));
        }

        private void next(int key, boolean clean) {
            List<Known> suited = eligible(key)
                    .filter(one -> clean || one.claim().isolation() == Isolation.WARM)
                    .toList();
            boolean needsClean = queue.nextNeedsClean(KEYS.get(key));
            Optional<QueuedCall> next = queue.next(KEYS.get(key), clean);
            assertThat(next.isPresent())
                    .as("somebody is served if anybody can be")
                    .isEqualTo(!suited.isEmpty());
            if (next.isEmpty()) {
                return;
            }
            Known chosen = suited.stream()
                    .filter(one -> one.call() == next.get())
                    .findFirst()
                    .orElseThrow();
            Known firstOfParty = suited.stream()
                    .filter(one -> one.claim().party().equals(chosen.claim().party()))
                    .min(Comparator.<Known>comparingInt(one -> one.claim().urgency())
                            .thenComparingLong(one -> one.call().since()))
                    .orElseThrow();
            assertThat(chosen).isEqualTo(firstOfParty);
            if (clean) {
                assertThat(needsClean).isEqualTo(chosen.claim().isolation() == Isolation.FRESH);
            }
            waiting.remove(chosen);
            running.add(chosen);
        }

        private void end(Step step) {
            if (!running.isEmpty()) {
                Known ended = running.remove((step.urgency() + step.party()) % running.size());
                queue.ended(KEYS.get(ended.key()), ended.claim());
            }
        }

        private void remove(Step step) {
            if (!waiting.isEmpty()) {
                Known gone = waiting.remove((step.urgency() * 5 + step.party()) % waiting.size());
                assertThat(queue.remove(KEYS.get(gone.key()), gone.call())).isTrue();
                assertThat(queue.remove(KEYS.get(gone.key()), gone.call())).isFalse();
            }
        }

        private void removeAll(int key) {
            assertThat(queue.removeAll(KEYS.get(key)))
                    .containsExactlyElementsOf(of(key).map(Known::call).toList());
            waiting.removeIf(one -> one.key() == key);
        }

        private void agree() {
            assertThat(queue.size()).isEqualTo(waiting.size());
            assertThat(queue.keys())
                    .containsExactlyInAnyOrderElementsOf(waiting.stream()
                            .map(one -> KEYS.get(one.key()))
                            .distinct()
                            .toList());
            for (int key = 0; key < KEYS.size(); key++) {
                assertThat(queue.waiting(KEYS.get(key))).isEqualTo((int) of(key).count());
                assertThat((long) queue.startable(KEYS.get(key))).isEqualTo(startable(key));
                assertThat(queue.waitingSince(KEYS.get(key)))
                        .isEqualTo(eligible(key)
                                .mapToLong(one -> one.call().since())
                                .min());
            }
            if (waiting.isEmpty() && running.isEmpty()) {
                assertThat(queue.parties()).isZero();
            }
        }

        private long startable(int key) {
            long all = 0;
            for (int party = 0; party < PARTIES.size(); party++) {
                String name = PARTIES.get(party);
                long runs = running.stream()
                        .filter(one -> one.claim().party().equals(name))
                        .count();
                long waits =
                        of(key).filter(one -> one.claim().party().equals(name)).count();
                all += Math.min(waits, MOST_OF_PARTY.get(party).orElse(Integer.MAX_VALUE) - runs);
            }
            return Math.min(all, bundleRoom(key));
        }
    }

    @Property(tries = 300)
    void agreesWithASearchOfAList(@ForAll("steps") List<Step> steps) {
        Pair pair = new Pair();
        steps.forEach(pair::take);
        for (int key = 0; key < KEYS.size(); key++) {
            pair.removeAll(key);
            pair.agree();
        }
        while (!pair.running.isEmpty()) {
            pair.end(steps.get(0));
            pair.agree();
        }
        assertThat(pair.queue.parties()).isZero();
    }

    private static QueuedCall call(String party, int weight, int urgency) {
        return new QueuedCall(
                0,
                new Claim(party, weight, urgency, Isolation.WARM, OptionalInt.empty(), OptionalInt.empty()),
                new CompletableFuture<>());
    }

    /** Whatever another party, and whatever happens elsewhere, has done before. */
    @Property(tries = 300)
    void aSingleCallIsTheNextOneAfterTheOneThatRuns(@ForAll List<@IntRange(max = 63) Integer> history) {
        FairQueue queue = new FairQueue();
        Deque<QueuedCall> hogs = new ArrayDeque<>();
        for (int one : history) {
            QueuedCall hog = call("hog", 1 + one % 3, one % 8);
            switch (one / 8) {
                case 0 -> serve(queue, KEYS.get(0));
                case 1 -> hogs.forEach(left -> queue.remove(KEYS.get(0), left));
                case 2 -> {
                    queue.add(KEYS.get(2), call("elsewhere", 1, one % 8));
                    queue.add(KEYS.get(2), hog);
                    serve(queue, KEYS.get(2));
                }
                default -> {
                    queue.add(KEYS.get(0), hog);
                    hogs.add(hog);
                }
            }
        }
        for (int urgency = 0; urgency <= Claim.LEAST_URGENCY; urgency++) {
            queue.add(KEYS.get(0), call("hog", 9, urgency));
        }
        Claim running = queue.next(KEYS.get(0), true).orElseThrow().claim();
        QueuedCall single = call("single", 1, Claim.LEAST_URGENCY);
        queue.add(KEYS.get(0), single);
        queue.ended(KEYS.get(0), running);
        assertThat(queue.next(KEYS.get(0), true)).containsSame(single);
    }

    private static void serve(FairQueue queue, WorkerSpec key) {
        queue.next(key, true).ifPresent(call -> queue.ended(key, call.claim()));
    }

    /** Goyal, Vin, Cheng 1996, theorem 1, with others that come and go. */
    @Property(tries = 200)
    void twoPartiesThatAlwaysWaitGetWhatTheirWeightsGiveThem(
            @ForAll @IntRange(min = 1, max = 9) int weightOfOne,
            @ForAll @IntRange(min = 1, max = 9) int weightOfTwo,
            @ForAll @IntRange(max = 7) int urgencyOfOne,
            @ForAll @IntRange(max = 7) int urgencyOfTwo,
            @ForAll List<@IntRange(max = 20) Integer> others) {
        FairQueue queue = new FairQueue();
        WorkerSpec key = KEYS.get(0);
        QueuedCall one = call("one", weightOfOne, urgencyOfOne);
        QueuedCall two = call("two", weightOfTwo, urgencyOfTwo);
        double bound = one.claim().charge() + two.claim().charge();
        double difference = 0;
        for (int i = 0; i < 300; i++) {
            queue.add(key, call("one", weightOfOne, urgencyOfOne));
            queue.add(key, call("two", weightOfTwo, urgencyOfTwo));
            if (!others.isEmpty()) {
                queue.add(key, call("other " + others.get(i % others.size()), 1, i % 8));
            }
            Claim served = queue.next(key, true).orElseThrow().claim();
            queue.ended(key, served);
            difference += served.party().equals("one") ? served.charge() : 0;
            difference -= served.party().equals("two") ? served.charge() : 0;
            assertThat(Math.abs(difference)).isLessThanOrEqualTo(bound + 1e-9);
        }
    }
}
