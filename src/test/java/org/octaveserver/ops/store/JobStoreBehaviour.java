package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.store.Orders.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.ClaimedJob;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.ClaimRequest;
import org.octaveserver.ops.job.JobStore.QueueLimits;
import org.octaveserver.ops.job.JobStore.Submitted;
import org.octaveserver.ops.job.JobStore.Touched;
import org.octaveserver.ops.job.NewJob;
import org.octaveserver.ops.job.Payload;
import org.octaveserver.ops.job.Progress;

/** The life of a job in every store, from submission to deletion. */
abstract class JobStoreBehaviour extends OnStores {
    @Test
    void keepsAJobAsItWasSubmitted() {
        NewJob wanted = order().client("Nor101")
                .urgency(1)
                .idempotent(2)
                .face("{\"mode\":\"large\"}")
                .tell(org.octaveserver.ops.job.Callback.Event.SUCCESS, "https://example.org/done?x=1")
                .build();
        Instant before = Instant.now().minusMillis(1);
        Job job = submit(wanted);
        restart();
        assertThat(jobs().find(wanted.id())).contains(job);
        assertThat(job.target()).isEqualTo(wanted.target());
        assertThat(job.owner()).isEqualTo(wanted.owner());
        assertThat(job.order()).isEqualTo(wanted.order());
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.times().accepted()).isBetween(before, Instant.now());
        Payload arguments = jobs().payload(wanted.id(), Payload.Kind.ARGUMENTS).orElseThrow();
        assertThat(arguments.inline().orElseThrow()).asString().isEqualTo("[1]");
        assertThat(jobs().payload(wanted.id(), Payload.Kind.RESULT)).isEmpty();
    }

    @Test
    void leadsAJobToItsResult() {
        Job queued = submit();
        ClaimedJob claimed = claim();
        assertThat(claimed.job().state()).isEqualTo(JobState.CLAIMED);
        assertThat(claimed.lease()).isEqualTo(new JobLease(queued.id(), NODE, 1));
        assertThat(claimed.arguments().inline().orElseThrow()).asString().isEqualTo("[1]");
        assertThat(get(jobs().begin(claimed.lease()))).isTrue();
        assertThat(state(queued.id())).isEqualTo(JobState.RUNNING);
        assertThat(renew(claimed.lease(), new Progress(0.5, "half"), "...\n")).isEmpty();
        assertThat(jobs().find(queued.id()).orElseThrow().status().progress()).isEqualTo(new Progress(0.5, "half"));
        assertThat(jobs().tail(queued.id())).isEqualTo("...\n");
        assertThat(get(jobs().finish(claimed.lease(), returned()))).isTrue();
        Job done = jobs().find(queued.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(JobState.RETURNED);
        assertThat(done.status().progress()).isEqualTo(new Progress(1, ""));
        assertThat(done.times().ended()).isPresent();
        assertThat(done.status().sequence())
                .isEqualTo(jobs().sequence())
                .isEqualTo(queued.status().sequence() + 3);
        assertThat(jobs().payload(queued.id(), Payload.Kind.RESULT)
                        .orElseThrow()
                        .inline()
                        .orElseThrow())
                .asString()
                .isEqualTo("[42]");
        assertThat(jobs().tail(queued.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"THREW", "ERROR"})
    void keepsWhyAJobDidNotReturn(JobState state) {
        JobLease lease = running();
        assertThat(get(jobs().finish(lease, ended(state)))).isTrue();
        assertThat(jobs().find(lease.job()).orElseThrow().status().problem())
                .isEqualTo(ended(state).problem());
    }

    @Test
    void refusesMovesThatAJobCannotMake() {
        submit();
        JobLease lease = claim().lease();
        assertThat(get(jobs().finish(lease, returned()))).isFalse();
        assertThat(get(jobs().keepOutput(lease, Orders.inline("x")))).isFalse();
        assertThat(state(lease.job())).isEqualTo(JobState.CLAIMED);
        Touched open = get(jobs().delete(lease.job()));
        assertThat(open.changed()).isFalse();
        assertThat(open.before().orElseThrow().state()).isEqualTo(JobState.CLAIMED);
        get(jobs().begin(lease));
        get(jobs().finish(lease, returned()));
        long sequence = jobs().sequence();
        Touched cancelled = get(jobs().cancel(lease.job(), CALLED_OFF));
        assertThat(cancelled.changed()).isFalse();
        assertThat(cancelled.before().orElseThrow().state()).isEqualTo(JobState.RETURNED);
        assertThat(get(jobs().begin(lease))).isFalse();
        assertThat(get(jobs().giveBack(lease))).isFalse();
        assertThat(get(jobs().finish(lease, ended(JobState.ERROR)))).isFalse();
        assertThat(jobs().sequence()).isEqualTo(sequence);
    }

    @Test
    void answersTheSameWhenSomethingIsReportedAgain() {
        NewJob wanted = order().build();
        Job first = submit(wanted);
        assertThat(submit(wanted)).isEqualTo(first);
        JobLease lease = claim().lease();
        assertThat(get(jobs().begin(lease))).isTrue();
        assertThat(get(jobs().begin(lease))).isTrue();
        assertThat(get(jobs().finish(lease, returned()))).isTrue();
        assertThat(get(jobs().finish(lease, returned()))).isTrue();
        assertThat(jobs().sequence()).isEqualTo(first.status().sequence() + 3);
    }

    @Test
    void listensToNobodyWhoHasLostTheJob() {
        JobLease old = running();
        assertThat(get(jobs().giveBack(old))).isTrue();
        assertThat(get(jobs().giveBack(old))).isTrue();
        JobLease fresh = claim("node-2", 1).get(0).lease();
        assertThat(fresh.attempt()).isEqualTo(2);
        for (JobLease stale : List.of(old, new JobLease(old.job(), NODE, 2), new JobLease(old.job(), "node-2", 1))) {
            assertThat(get(jobs().begin(stale))).isFalse();
            assertThat(get(jobs().giveBack(stale))).isFalse();
            assertThat(get(jobs().finish(stale, ended(JobState.ERROR)))).isFalse();
            assertThat(get(jobs().keepOutput(stale, Orders.inline("x")))).isFalse();
            assertThat(renew(stale, Progress.NONE, "")).containsExactly(stale);
        }
        assertThat(get(jobs().begin(fresh))).isTrue();
        assertThat(get(jobs().finish(fresh, returned()))).isTrue();
    }

    @Test
    void takesNoLateEndingForThatOfAJobThatWaitsAgain() {
        JobLease late = running();
        get(jobs().giveBack(late));
        assertThat(get(jobs().finish(late, ended(JobState.ERROR)))).isFalse();
        assertThat(state(late.job())).isEqualTo(JobState.QUEUED);
        assertThat(claim("node-2", 1)).hasSize(1);
    }

    @Test
    void cancelsWhatWaitsAndWhatRuns() {
        Job waiting = submit();
        assertThat(get(jobs().cancel(waiting.id(), CALLED_OFF)).changed()).isTrue();
        assertThat(claim(NODE, 1)).isEmpty();
        JobLease lease = running();
        assertThat(get(jobs().cancel(lease.job(), CALLED_OFF)).changed()).isTrue();
        assertThat(renew(lease, Progress.NONE, "")).containsExactly(lease);
        assertThat(get(jobs().finish(lease, returned()))).isFalse();
        assertThat(get(jobs().keepOutput(lease, Orders.inline("so far")))).isTrue();
        assertThat(jobs().payload(lease.job(), Payload.Kind.OUTPUT)).isPresent();
        Job job = jobs().find(lease.job()).orElseThrow();
        assertThat(job.status().problem()).contains(CALLED_OFF);
        assertThat(get(jobs().cancel(lease.job(), CALLED_OFF)).changed()).isFalse();
        assertThat(get(jobs().cancel(order().build().id(), CALLED_OFF)).before())
                .isEmpty();
    }

    @Test
    void deletesWhatIsFinishedAndSaysWhichFilesAreNobodys() {
        submit(order().arguments(Orders.file("shared", 10)).build());
        JobLease lease = begun();
        submit(order().arguments(Orders.file("shared", 10)).build());
        get(jobs().finish(
                        lease,
                        new org.octaveserver.ops.job.Ending(
                                JobState.RETURNED,
                                Optional.of(Orders.file("own", 20)),
                                Optional.empty(),
                                Optional.empty(),
                                Progress.NONE)));
        assertThat(jobs().referred(List.of("own", "shared", "other"))).containsExactlyInAnyOrder("own", "shared");
        Touched deleted = get(jobs().delete(lease.job()));
        assertThat(deleted.changed()).isTrue();
        assertThat(deleted.files()).containsExactly("own");
        assertThat(state(lease.job())).isEqualTo(JobState.DELETED);
        assertThat(jobs().payload(lease.job(), Payload.Kind.RESULT)).isEmpty();
        assertThat(get(jobs().delete(lease.job())).changed()).isFalse();
        assertThat(jobs().referred(List.of("own", "shared"))).containsExactly("shared");
    }

    @Test
    void keepsNeitherAddressesNorCallbacksOfADeletedJob() {
        NewJob wanted = order().anonymous("192.0.2.7")
                .client("me")
                .face("note")
                .tell(org.octaveserver.ops.job.Callback.Event.SUCCESS, "https://example.org/?token=secret")
                .build();
        submit(wanted);
        get(jobs().cancel(wanted.id(), CALLED_OFF));
        get(jobs().delete(wanted.id()));
        Job rest = jobs().find(wanted.id()).orElseThrow();
        assertThat(rest.owner()).isEqualTo(new JobOwner(Optional.empty(), "", "me"));
        assertThat(rest.order().callbacks()).isEmpty();
        assertThat(rest.order().rules()).isEqualTo(wanted.order().rules());
        assertThat(rest.order().face()).isEqualTo("note");
        assertThat(rest.target()).isEqualTo(wanted.target());
        assertThat(rest.status().problem()).isEmpty();
    }

    @Test
    void answersAKeyWithTheJobThatItWasUsedFor() {
        NewJob first = order().key("k", "print").build();
        Job job = submit(first);
        Submitted again = get(jobs().submit(order().key("k", "print").build(), LIMITS));
        assertThat(again).isEqualTo(new Submitted(job, false));
        assertThat(refusal(jobs().submit(order().key("k", "another").build(), LIMITS)))
                .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
        submit(order().of("bob").key("k", "another").build());
        submit(order().anonymous("ada").key("k", "another").build());
        submit(order().anonymous("=ada").key("k", "another").build());
        get(jobs().cancel(job.id(), CALLED_OFF));
        get(jobs().delete(job.id()));
        again = get(jobs().submit(order().key("k", "print").build(), LIMITS));
        assertThat(again.added()).isFalse();
        assertThat(again.job().state()).isEqualTo(JobState.DELETED);
    }

    @Test
    void makesOneJobOfAKeyThatIsUsedByManyAtOnce() {
        List<CompletableFuture<Submitted>> all = IntStream.range(0, 50)
                .mapToObj(i -> jobs().submit(order().key("race", "print").build(), LIMITS))
                .toList();
        Set<JobId> ids = new java.util.HashSet<>();
        int added = 0;
        for (CompletableFuture<Submitted> one : all) {
            Submitted submitted = get(one);
            ids.add(submitted.job().id());
            added += submitted.added() ? 1 : 0;
        }
        assertThat(ids).hasSize(1);
        assertThat(added).isEqualTo(1);
    }

    @Test
    void refusesMoreJobsThanMayWait() {
        QueueLimits limits = new QueueLimits(5, 3, Long.MAX_VALUE);
        List<CompletableFuture<Submitted>> ofOne = IntStream.range(0, 10)
                .mapToObj(i -> jobs().submit(order().build(), limits))
                .toList();
        assertThat(ofOne.stream().filter(one -> !accepted(one)).map(OnStores::refusal))
                .hasSize(7)
                .containsOnly(ErrorCode.TOO_MANY_JOBS);
        List<CompletableFuture<Submitted>> ofOther = IntStream.range(0, 3)
                .mapToObj(i -> jobs().submit(order().of("bob").build(), limits))
                .toList();
        assertThat(ofOther.stream().filter(one -> !accepted(one)).map(OnStores::refusal))
                .containsExactly(ErrorCode.JOB_QUEUE_FULL);
        claim(NODE, 2);
        assertThat(accepted(jobs().submit(order().of("cid").build(), limits))).isTrue();
    }

    @Test
    void refusesMoreArgumentsThanTheOpenJobsOfAPartyMayHave() {
        QueueLimits limits = new QueueLimits(1_000, 1_000, 100);
        NewJob large = order().arguments(Orders.inline("x".repeat(60))).build();
        NewJob keyed =
                order().arguments(Orders.inline("y".repeat(40))).key("k", "y").build();
        assertThat(get(jobs().submit(large, limits)).added()).isTrue();
        assertThat(get(jobs().submit(keyed, limits)).added()).isTrue();
        assertThatThrownBy(() -> get(jobs().submit(order().build(), limits)))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_JOBS))
                .hasMessageContaining("take 100 bytes, those of this one 3")
                .hasMessageContaining("ops.jobs.max-open-size-per-client");
        NewJob again =
                order().arguments(Orders.inline("y".repeat(40))).key("k", "y").build();
        assertThat(get(jobs().submit(again, limits)).job().id()).isEqualTo(keyed.id());

        JobLease lease = claim().lease();
        get(jobs().begin(lease));
        get(jobs().giveBack(lease));
        assertThat(accepted(jobs().submit(order().build(), limits)))
                .as("what runs, and what waits again, is as large as before")
                .isFalse();
        get(jobs().cancel(large.id(), CALLED_OFF));
        assertThat(accepted(jobs().submit(order().build(), limits))).isTrue();
        get(jobs().delete(large.id()));
        NewJob larger = order().arguments(Orders.inline("z".repeat(58))).build();
        assertThat(accepted(jobs().submit(larger, limits)))
                .as("what is deleted was given free before")
                .isFalse();
        NewJob rest = order().arguments(Orders.inline("z".repeat(57))).build();
        assertThat(accepted(jobs().submit(rest, limits))).isTrue();
        assertThat(accepted(jobs().submit(order().of("bob").build(), limits))).isTrue();
    }

    private static boolean accepted(CompletableFuture<Submitted> one) {
        try {
            return get(one).added();
        } catch (OpsException e) {
            return false;
        }
    }

    @Test
    void letsPartiesTakeTurns() {
        List<JobId> mass = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            mass.add(submit(order().of("mass").build()).id());
        }
        JobId small = submit(order().of("small").build()).id();
        JobId other = submit(order().of("other").bundle("b").build()).id();
        List<JobId> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(claim().job().id());
        }
        assertThat(taken).containsExactlyInAnyOrder(mass.get(0), small, other);
        assertThat(claim(NODE, 100)).extracting(one -> one.job().id()).containsExactlyElementsOf(mass.subList(1, 20));
        assertThat(claim(NODE, 1)).isEmpty();
    }

    @Test
    void takesTheMostUrgentFirstAndThenTheOldest() {
        JobId normal = submit(order().build()).id();
        JobId late = submit(order().urgency(7).build()).id();
        JobId other = submit(order().bundle("b").build()).id();
        JobId urgent = submit(order().bundle("b").urgency(0).build()).id();
        assertThat(claim(NODE, 3)).extracting(one -> one.job().id()).containsExactly(urgent, normal, other);
        assertThat(claim().job().id()).isEqualTo(late);
    }

    @Test
    void leavesOutBundlesThatTheNodeCannotRun() {
        submit(order().bundle("a").build());
        JobId b = submit(order().bundle("b").build()).id();
        List<ClaimedJob> claimed =
                get(jobs().claim(new ClaimRequest(NODE, 10, Stores.LEASE, Map.of("a", 0, "nobody's", 0))));
        assertThat(claimed).extracting(one -> one.job().id()).containsExactly(b);
        assertThat(jobs().open()).isEqualTo(Map.of(JobState.QUEUED, 1L, JobState.CLAIMED, 1L, JobState.RUNNING, 0L));
    }

    @Test
    void takesNoMoreOfABundleThanTheNodeHasRoomFor() {
        for (int i = 0; i < 4; i++) {
            submit(order().bundle("a").urgency(0).build());
        }
        submit(order().bundle("b").build());
        Map<String, Integer> room = Map.of("a", 2);
        assertThat(get(jobs().claim(new ClaimRequest(NODE, 10, Stores.LEASE, room))))
                .extracting(one -> one.job().target().bundle())
                .containsExactlyInAnyOrder("a", "a", "b");
        assertThat(jobs().open()).containsEntry(JobState.QUEUED, 2L);
    }

    @Test
    void tellsWhatOpenJobsCall() {
        submit(order().bundle("a").build());
        running();
        finished();
        assertThat(jobs().versionsInUse()).containsOnlyKeys("a-1.2.0-abc", "curves-1.2.0-abc");
        assertThat(jobs().versionsInUse().get("a-1.2.0-abc")).containsExactly(7L);
    }

    @Test
    void keepsItsName() {
        java.util.UUID name = jobs().instance();
        restart();
        assertThat(jobs().instance()).isEqualTo(name);
    }

    @Test
    void waitsForNothingWhenThereIsNothing() {
        assertThat(claim(NODE, 5)).isEmpty();
        assertThat(get(jobs().recover(NODE, LOST))).isEmpty();
        assertThat(jobs().find(order().build().id())).isEmpty();
        assertThat(get(jobs().renew(Duration.ofSeconds(1), Map.of()))).isEmpty();
        assertThat(jobs().referred(List.of())).isEmpty();
    }
}
