package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.Isolation;
import org.octaveserver.ops.worker.WorkerSpec;

class FairQueueTest {
    private static final WorkerSpec KEY = FakeWorkers.spec("a@1");
    private static final WorkerSpec NEWER = FakeWorkers.spec("a@2");
    private static final WorkerSpec OTHER = FakeWorkers.spec("b@1");
    private static final int USUAL = Claim.USUAL_URGENCY;

    private final FairQueue queue = new FairQueue();
    private long time;

    private static Claim claim(String party, int weight, int urgency, Isolation isolation) {
        return new Claim(party, weight, urgency, isolation, OptionalInt.empty(), OptionalInt.empty());
    }

    private static Claim claim(String party) {
        return claim(party, 1, USUAL, Isolation.WARM);
    }

    private static Claim limited(String party, int mostOfParty) {
        return new Claim(party, 1, USUAL, Isolation.WARM, OptionalInt.of(mostOfParty), OptionalInt.empty());
    }

    private static Claim bundleLimited(String party, int mostOfBundle) {
        return new Claim(party, 1, USUAL, Isolation.WARM, OptionalInt.empty(), OptionalInt.of(mostOfBundle));
    }

    private QueuedCall add(WorkerSpec key, Claim claim) {
        QueuedCall call = new QueuedCall(++time, claim, new CompletableFuture<>());
        queue.add(key, call);
        return call;
    }

    private QueuedCall add(Claim claim) {
        return add(KEY, claim);
    }

    private void add(int count, Claim claim) {
        for (int i = 0; i < count; i++) {
            add(claim);
        }
    }

    private QueuedCall begin(WorkerSpec key) {
        return queue.next(key, true).orElseThrow();
    }

    /** One worker: the call before has ended. */
    private String serve(WorkerSpec key) {
        QueuedCall call = begin(key);
        queue.ended(key, call.claim());
        return call.claim().party();
    }

    private List<String> serve(int count) {
        List<String> parties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parties.add(serve(KEY));
        }
        return parties;
    }

    private void nothingIsLeft() {
        assertThat(queue.size()).isZero();
        assertThat(queue.keys()).isEmpty();
        assertThat(queue.parties()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "3,1", "7,1", "0,999", "7,999"})
    void oneCallOfAnotherPartyIsTheNextOneAfterTheOneThatRuns(int urgency, int served) {
        add(1000, claim("hog", 1, urgency, Isolation.WARM));
        for (int i = 0; i < served; i++) {
            serve(KEY);
        }
        QueuedCall running = begin(KEY);
        QueuedCall single = add(claim("other", 1, 7, Isolation.WARM));
        queue.ended(KEY, running.claim());
        if (served < 999) {
            assertThat(begin(KEY)).isSameAs(single);
        } else {
            assertThat(queue.remove(KEY, single)).isTrue();
        }
    }

    @Test
    void oneThatCameFirstAloneDoesNotWinWhenItsThousandFollow() {
        add(claim("hog"));
        QueuedCall running = begin(KEY);
        add(1000, claim("hog", 100, 0, Isolation.WARM));
        QueuedCall single = add(claim("other"));
        queue.ended(KEY, running.claim());
        assertThat(begin(KEY)).isSameAs(single);
    }

    @Test
    void nobodyGetsCreditForTheHoursInWhichOneRanAlone() {
        add(10, claim("hog"));
        for (int i = 0; i < 100_000; i++) {
            serve(KEY);
            add(claim("hog"));
        }
        add(1000, claim("other"));
        assertThat(serve(8)).containsExactly("other", "hog", "other", "hog", "other", "hog", "other", "hog");
    }

    @Test
    void whatHappensInAnotherBundleGivesNoCreditEither() {
        add(100, claim("hog"));
        for (int i = 0; i < 1000; i++) {
            add(OTHER, claim("quick"));
            serve(OTHER);
        }
        QueuedCall running = begin(KEY);
        QueuedCall single = add(claim("other"));
        queue.ended(KEY, running.claim());
        assertThat(begin(KEY)).isSameAs(single);
    }

    @Test
    void whoUsesAQuickBundleAllTheTimeIsServedByASlowOne() {
        add(1000, claim("hog"));
        serve(KEY);
        QueuedCall single = add(claim("quick"));
        for (int i = 0; i < 100; i++) {
            add(OTHER, claim("quick"));
            serve(OTHER);
        }
        assertThat(begin(KEY).claim().party()).isEqualTo("hog");
        for (int i = 0; i < 100; i++) {
            add(OTHER, claim("quick"));
            serve(OTHER);
        }
        assertThat(begin(KEY)).isSameAs(single);
    }

    @Test
    void serviceInOneBundleCountsInAnother() {
        add(10, claim("here"));
        add(10, claim("everywhere"));
        int[] served = new int[2];
        for (int i = 0; i < 6; i++) {
            add(OTHER, claim("everywhere"));
            serve(OTHER);
            served[serve(KEY).equals("here") ? 0 : 1]++;
        }
        assertThat(served[0]).isGreaterThan(served[1]);
        assertThat(served[1]).isPositive();
    }

    @Test
    void partiesThatComeForOneCallEachDoNotKeepAnotherWaitingForEver() {
        add(100, claim("steady"));
        serve(KEY);
        for (int i = 0; i < 5; i++) {
            add(claim("first-" + i));
        }
        int steady = 0;
        for (int i = 0; i < 90; i++) {
            add(claim("single-" + i));
            steady += serve(KEY).equals("steady") ? 1 : 0;
        }
        assertThat(steady).isBetween(6, 12);
    }

    @Test
    void leavingAndComingBackGainsNothing() {
        add(100, claim("steady"));
        QueuedCall again = add(claim("fickle"));
        int fickle = 0;
        for (int i = 0; i < 50; i++) {
            assertThat(queue.remove(KEY, again)).isTrue();
            again = add(claim("fickle"));
            if (serve(KEY).equals("fickle")) {
                fickle++;
                again = add(claim("fickle"));
            }
        }
        assertThat(fickle).isBetween(24, 26);
    }

    @Test
    void sharesFollowWeights() {
        add(400, claim("light", 1, USUAL, Isolation.WARM));
        add(400, claim("heavy", 3, USUAL, Isolation.WARM));
        assertThat(serve(400).stream().filter("heavy"::equals).count()).isBetween(299L, 301L);
    }

    @Test
    void urgentCallsAreServedMoreOftenAndNobodyStarves() {
        add(1000, claim("urgent", 1, 0, Isolation.WARM));
        add(1000, claim("background", 1, 7, Isolation.WARM));
        assertThat(serve(129 * 5).stream().filter("background"::equals).count()).isBetween(4L, 6L);
    }

    @Test
    void aPartysCallsAreServedByUrgencyAndThenInTheOrderInWhichTheyCame() {
        QueuedCall first = add(claim("a"));
        QueuedCall second = add(claim("a"));
        QueuedCall late = add(claim("a", 1, 7, Isolation.WARM));
        QueuedCall urgent = add(claim("a", 1, 0, Isolation.FRESH));
        assertThat(List.of(begin(KEY), begin(KEY), begin(KEY), begin(KEY)))
                .containsExactly(urgent, first, second, late);
    }

    @Test
    void aWorkerThatHasRunCallsGoesToACallForWhichThatDoes() {
        QueuedCall fresh = add(claim("a", 1, 0, Isolation.FRESH));
        assertThat(queue.nextNeedsClean(KEY)).isTrue();
        assertThat(queue.next(KEY, false)).isEmpty();
        QueuedCall warm = add(claim("b"));
        assertThat(queue.next(KEY, false)).containsSame(warm);
        QueuedCall ofBoth = add(claim("a", 1, 7, Isolation.WARM));
        assertThat(queue.next(KEY, false)).containsSame(ofBoth);
        assertThat(queue.next(KEY, true)).containsSame(fresh);
        assertThat(queue.nextNeedsClean(KEY)).isFalse();
    }

    @Test
    void aPartyAtItsLimitWaitsAndOthersDoNot() {
        add(5, limited("a", 2));
        QueuedCall other = add(limited("b", 2));
        assertThat(queue.startable(KEY)).isEqualTo(3);
        begin(KEY);
        begin(KEY);
        QueuedCall third = begin(KEY);
        assertThat(queue.waiting(KEY)).isEqualTo(3);
        assertThat(queue.startable(KEY)).isZero();
        assertThat(queue.waitingSince(KEY)).isEmpty();
        assertThat(queue.next(KEY, true)).isEmpty();
        queue.ended(KEY, other.claim());
        assertThat(queue.next(KEY, true)).isEmpty();
        queue.ended(KEY, third.claim());
        assertThat(queue.startable(KEY)).isEqualTo(1);
        assertThat(queue.waitingSince(KEY)).hasValue(3);
        assertThat(begin(KEY).claim().party()).isEqualTo("a");
    }

    @Test
    void theLimitOfAPartyCountsInAllBundles() {
        add(limited("a", 1));
        add(OTHER, limited("a", 1));
        QueuedCall here = begin(KEY);
        assertThat(queue.next(OTHER, true)).isEmpty();
        assertThat(queue.keys()).containsExactly(OTHER);
        queue.ended(KEY, here.claim());
        assertThat(queue.next(OTHER, true)).isPresent();
    }

    @Test
    void theLimitOfABundleCountsInAllVersions() {
        add(bundleLimited("a", 2));
        add(NEWER, bundleLimited("b", 2));
        add(NEWER, bundleLimited("c", 2));
        add(OTHER, bundleLimited("a", 2));
        QueuedCall first = begin(KEY);
        begin(NEWER);
        assertThat(queue.startable(NEWER)).isZero();
        assertThat(queue.next(NEWER, true)).isEmpty();
        assertThat(queue.next(OTHER, true)).isPresent();
        queue.ended(KEY, first.claim());
        assertThat(queue.startable(NEWER)).isEqualTo(1);
        assertThat(queue.next(NEWER, true)).isPresent();
    }

    @Test
    void aLimitThatIsRaisedCountsFromTheNextClaimOn() {
        add(2, limited("a", 1));
        begin(KEY);
        assertThat(queue.next(KEY, true)).isEmpty();
        add(limited("a", 3));
        assertThat(queue.startable(KEY)).isEqualTo(2);
        begin(KEY);
        begin(KEY);
        assertThat(queue.waiting(KEY)).isZero();
    }

    @Test
    void aPartyThatWasHeldBackDoesNotCatchUp() {
        add(100, limited("held", 1));
        QueuedCall held = begin(KEY);
        add(100, claim("other"));
        serve(50);
        queue.ended(KEY, held.claim());
        assertThat(serve(10).stream().filter("held"::equals).count()).isBetween(4L, 6L);
    }

    @Test
    void aCallThatGaveUpCostsItsPartyNothing() {
        add(10, claim("a"));
        serve(KEY);
        QueuedCall gone = add(claim("b"));
        assertThat(queue.remove(KEY, gone)).isTrue();
        assertThat(queue.remove(KEY, gone)).isFalse();
        assertThat(queue.remove(OTHER, gone)).isFalse();
        QueuedCall next = add(claim("b"));
        assertThat(begin(KEY)).isSameAs(next);
        assertThat(queue.remove(KEY, next)).isFalse();
        assertThat(queue.size()).isEqualTo(9);
    }

    @Test
    void answersAllOfOneKeyOrAllOldestFirst() {
        QueuedCall one = add(claim("b", 1, 7, Isolation.WARM));
        QueuedCall two = add(OTHER, claim("b"));
        QueuedCall three = add(limited("a", 1));
        QueuedCall four = add(claim("b", 1, 0, Isolation.FRESH));
        assertThat(queue.removeAll(KEY)).containsExactly(one, three, four);
        assertThat(queue.keys()).containsExactly(OTHER);
        QueuedCall five = add(claim("c"));
        assertThat(queue.removeAll()).containsExactly(two, five);
        assertThat(queue.removeAll(KEY)).isEmpty();
        nothingIsLeft();
    }

    @Test
    void aHundredThousandPartiesThatCameOnceLeaveNothingBehind() {
        for (int i = 0; i < 100_000; i++) {
            add(claim("party-" + i));
        }
        Set<String> served = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            served.add(serve(KEY));
        }
        assertThat(served).hasSize(100_000);
        nothingIsLeft();
    }

    @Test
    void neitherDoTheyWhileOthersAlwaysWaitAndRun() {
        Deque<QueuedCall> running = new ArrayDeque<>();
        add(50_000, claim("steady"));
        running.add(begin(KEY));
        int most = 0;
        for (int i = 0; i < 20_000; i++) {
            add(claim("party-" + i));
            for (int served = 0; served < 2; served++) {
                running.add(begin(KEY));
                queue.ended(KEY, running.remove().claim());
            }
            most = Math.max(most, queue.parties());
        }
        assertThat(most).isLessThan(10);
        queue.removeAll();
        running.forEach(call -> queue.ended(KEY, call.claim()));
        nothingIsLeft();
    }

    @Test
    void aCallEndsOnceOnly() {
        add(claim("a"));
        QueuedCall call = begin(KEY);
        queue.ended(KEY, call.claim());
        assertThatThrownBy(() -> queue.ended(KEY, call.claim())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.add(KEY, call)).isInstanceOf(IllegalStateException.class);
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8})
    void refusesUrgenciesThatThereAreNot(int urgency) {
        assertThatThrownBy(() -> claim("a", 1, urgency, Isolation.WARM))
                .hasMessage("urgency must be from 0 to 7, not " + urgency);
    }

    @Test
    void refusesWeightsAndLimitsWithWhichNothingEverRuns() {
        assertThatThrownBy(() -> claim("a", 0, USUAL, Isolation.WARM)).hasMessageContaining("weight");
        assertThatThrownBy(() -> limited("a", 0)).hasMessageContaining("mostOfParty");
        assertThatThrownBy(() -> bundleLimited("a", 0)).hasMessageContaining("mostOfBundle");
    }
}
