package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.octaveserver.ops.store.Orders.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.DeliveryStore.Delivery;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobQuery;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.ChangeQuery;
import org.octaveserver.ops.job.JobStore.RetentionRules;
import org.octaveserver.ops.job.NewJob;
import org.octaveserver.ops.job.Payload;
import org.octaveserver.ops.job.Progress;
import org.octaveserver.ops.job.Viewer;

/** What every store finds, tells, keeps and forgets. */
abstract class JobListBehaviour extends OnStores {
    private static final JobQuery.Span EVER = new JobQuery.Span(Optional.empty(), Optional.empty());
    private static final Duration LONG = Duration.ofDays(300_000_000);

    private List<JobId> list(Viewer viewer, Set<JobState> states, String bundle, String principal) {
        return ids(new JobQuery(
                viewer,
                states,
                Optional.of(bundle).filter(text -> !text.isEmpty()),
                Optional.of(principal).filter(text -> !text.isEmpty()),
                EVER,
                new JobQuery.Page(100, Optional.empty())));
    }

    private List<JobId> ids(JobQuery query) {
        return jobs().list(query).stream().map(Job::id).toList();
    }

    @Test
    void listsByEachFilter() {
        JobId ada = submit(order().build()).id();
        JobId bob = submit(order().of("bob").bundle("b").build()).id();
        JobId anonymous = submit(order().anonymous("1.2.3.4").build()).id();
        JobId deleted = submit(order().build()).id();
        get(jobs().cancel(deleted, CALLED_OFF));
        get(jobs().delete(deleted));
        JobId cancelled = submit(order().build()).id();
        get(jobs().cancel(cancelled, CALLED_OFF));
        assertThat(list(OPERATOR, Set.of(), "", "")).containsExactly(cancelled, anonymous, bob, ada);
        assertThat(list(OPERATOR, Set.of(), "", "bob")).containsExactly(bob);
        assertThat(list(OPERATOR, Set.of(), "b", "")).containsExactly(bob);
        assertThat(list(OPERATOR, Set.of(), "b@1.2.0", "")).containsExactly(bob);
        assertThat(list(OPERATOR, Set.of(), "b@1.2", "")).isEmpty();
        assertThat(list(OPERATOR, Set.of(), "b", "ada")).isEmpty();
        assertThat(list(OPERATOR, EnumSet.of(JobState.DELETED, JobState.CANCELLED), "", ""))
                .containsExactly(cancelled, deleted);
        assertThat(list(new Viewer(Optional.of("ada"), false), Set.of(), "", ""))
                .containsExactly(cancelled, ada);
        assertThat(list(new Viewer(Optional.of("ada"), false), Set.of(), "", "bob"))
                .isEmpty();
        assertThat(list(new Viewer(Optional.empty(), false), Set.of(), "", "")).containsExactly(anonymous);
        Instant accepted = jobs().find(bob).orElseThrow().times().accepted();
        assertThat(ids(new JobQuery(
                        OPERATOR,
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new JobQuery.Span(Optional.of(accepted), Optional.of(accepted.plusMillis(1))),
                        new JobQuery.Page(100, Optional.empty()))))
                .contains(bob);
        assertThat(ids(new JobQuery(
                        OPERATOR,
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new JobQuery.Span(Optional.empty(), Optional.of(accepted.minusSeconds(5))),
                        new JobQuery.Page(100, Optional.empty()))))
                .isEmpty();
    }

    @Test
    void showsEachJobOnOnePageWhileOthersArrive() {
        List<JobId> present = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            present.add(0, submit().id());
        }
        List<JobId> seen = new ArrayList<>();
        Optional<JobId> after = Optional.empty();
        while (true) {
            List<JobId> page = ids(new JobQuery(
                    OPERATOR, Set.of(), Optional.empty(), Optional.empty(), EVER, new JobQuery.Page(10, after)));
            if (page.isEmpty()) {
                break;
            }
            seen.addAll(page);
            after = Optional.of(page.get(page.size() - 1));
            submit();
        }
        assertThat(seen).containsExactlyElementsOf(present);
    }

    @Test
    void tellsWhatHasChanged() {
        JobId first = submit(order().client("786").build()).id();
        JobId second = submit(order().client("787").build()).id();
        submit(order().client("788").build());
        JobId others = submit(order().of("bob").client("786").build()).id();
        long since = jobs().find(second).orElseThrow().status().sequence();
        assertThat(changed(since, Set.of("786", "787"), Set.of(), OPERATOR)).containsExactly(second, others);
        get(jobs().cancel(first, CALLED_OFF));
        assertThat(changed(since, Set.of("786", "787"), Set.of(), new Viewer(Optional.of("ada"), false)))
                .containsExactly(second, first);
        assertThat(changed(0, Set.of(), Set.of(first, others), new Viewer(Optional.of("ada"), false)))
                .containsExactly(first);
        get(jobs().delete(first));
        assertThat(changed(0, Set.of("786"), Set.of(), OPERATOR)).containsExactly(others);
    }

    private List<JobId> changed(long since, Set<String> clients, Set<JobId> ids, Viewer viewer) {
        return jobs().changed(new ChangeQuery(since, clients, ids, viewer, 1000)).stream()
                .map(Job::id)
                .toList();
    }

    @Test
    void tellsTheFirstChangesOfAllClientsWhereThereAreTooMany() {
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(submit(order().client("c" + i % 2).build()).id());
        }
        get(jobs().cancel(all.remove(0), CALLED_OFF));
        ChangeQuery three = new ChangeQuery(0, Set.of("c0", "c1"), Set.of(), OPERATOR, 3);
        assertThat(jobs().changed(three)).extracting(Job::id).containsExactlyElementsOf(all.subList(0, 3));
        ChangeQuery ofIds = new ChangeQuery(0, Set.of(), Set.copyOf(all), OPERATOR, 2);
        assertThat(jobs().changed(ofIds)).extracting(Job::id).containsExactlyElementsOf(all.subList(0, 2));
    }

    @Test
    void forgetsWhatIsOldInPieces() {
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            JobId id = submit(order().key("k" + i, "x")
                            .arguments(Orders.file("f" + i, 3))
                            .build())
                    .id();
            get(jobs().cancel(id, CALLED_OFF));
            all.add(id);
        }
        JobId open = submit().id();
        assertThat(get(jobs().forget(new RetentionRules(LONG, Long.MAX_VALUE, LONG))))
                .isEmpty();
        List<String> files = new ArrayList<>();
        int pieces = 0;
        for (Optional<List<String>> piece = forgetFinished(); piece.isPresent(); piece = forgetFinished()) {
            assertThat(piece.get().size()).isLessThanOrEqualTo(200);
            files.addAll(piece.get());
            pieces++;
        }
        assertThat(pieces).isBetween(2, 5);
        assertThat(files).hasSize(250).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(id -> assertThat(state(id)).isEqualTo(JobState.DELETED));
        while (get(jobs().forget(new RetentionRules(LONG, Long.MAX_VALUE, Duration.ofMillis(-5))))
                .isPresent()) {
            assertThat(state(open)).isEqualTo(JobState.QUEUED);
        }
        assertThat(all).allSatisfy(id -> assertThat(jobs().find(id)).isEmpty());
        submit(order().key("k1", "other").build());
    }

    private Optional<List<String>> forgetFinished() {
        return get(jobs().forget(new RetentionRules(Duration.ofMillis(-5), Long.MAX_VALUE, LONG)));
    }

    @Test
    void removesTheOldestOfAPartyThatKeepsTooMuch() {
        List<JobId> mass = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            JobId id =
                    submit(order().arguments(Orders.file("f" + i, 100)).build()).id();
            get(jobs().cancel(id, CALLED_OFF));
            mass.add(id);
        }
        JobId other = submit(order().of("bob").arguments(Orders.file("g", 100)).build())
                .id();
        get(jobs().cancel(other, CALLED_OFF));
        assertThat(get(jobs().forget(new RetentionRules(LONG, 250, LONG))))
                .hasValueSatisfying(files -> assertThat(files).hasSize(2));
        assertThat(get(jobs().forget(new RetentionRules(LONG, 250, LONG)))).isEmpty();
        assertThat(mass.stream().filter(id -> state(id) == JobState.CANCELLED)).hasSize(2);
        assertThat(state(other)).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void tellsThoseWhoWantToKnow() {
        submit(order().tell(Callback.Event.SUCCESS, "https://example.org/s")
                .tell(Callback.Event.FAILURE, "https://example.org/f")
                .tell(Callback.Event.PROGRESS, "https://example.org/p")
                .build());
        JobLease lease = begun();
        assertThat(due()).isEmpty();
        renew(lease, new Progress(0.1, ""), "");
        renew(lease, new Progress(0.2, ""), "");
        renew(lease, new Progress(0.2, ""), "more");
        assertThat(due()).extracting(one -> one.uri().getPath()).containsExactly("/p");
        assertThat(due()).as("it is on its way").isEmpty();
        get(jobs().finish(lease, returned()));
        Delivery success = due().get(0);
        assertThat(success.body()).contains("\"type\":\"job.success\"", "\"state\":\"RETURNED\"");
        assertThat(success.job()).isEqualTo(lease.job());
        assertThat(success.tries()).isZero();
        get(stores.deliveries().postpone(success, Duration.ZERO));
        Delivery again = due().get(0);
        assertThat(again.tries()).isEqualTo(1);
        get(stores.deliveries().postpone(again, Duration.ofHours(1)));
        assertThat(due()).isEmpty();
        get(stores.deliveries().done(again));
        get(stores.deliveries().done(again));
    }

    @Test
    void newerProgressDoesNotHurryAReceiverThatDoesNotTakeIt() {
        submit(order().tell(Callback.Event.PROGRESS, "https://example.org/p").build());
        JobLease lease = begun();
        renew(lease, new Progress(0.1, ""), "");
        Delivery first = due().get(0);
        renew(lease, new Progress(0.2, ""), "");
        assertThat(due()).as("it is on its way").isEmpty();
        get(stores.deliveries().postpone(first, Duration.ofHours(1)));
        renew(lease, new Progress(0.3, ""), "");
        assertThat(due()).isEmpty();
        get(stores.deliveries().putOff(List.of(first), Duration.ZERO));
        Delivery again = due().get(0);
        assertThat(again.tries()).isEqualTo(1);
        assertThat(first.body()).contains("\"fraction\":0.1");
        assertThat(again.body()).contains("\"fraction\":0.3");
        assertThat(again.number()).as("it says something else").isNotEqualTo(first.number());

        renew(lease, new Progress(0.4, ""), "");
        get(stores.deliveries().done(again));
        Delivery newer = due().get(0);
        assertThat(newer.tries()).isZero();
        assertThat(newer.body()).contains("\"fraction\":0.4");
        assertThat(newer.number()).as("receivers know others by theirs").isNotEqualTo(again.number());
        get(stores.deliveries().done(newer));
        assertThat(due()).isEmpty();
    }

    @Test
    void tellsEachTimeTheSameWhateverBecomesOfTheJob() {
        submit(order().tell(Callback.Event.FAILURE, "https://example.org/f").build());
        JobLease lease = begun();
        get(jobs().finish(lease, ended(JobState.THREW)));
        Delivery first = due().get(0);
        assertThat(first.body())
                .contains("\"state\":\"THREW\"", "\"problem\":{\"code\":\"Octave:some-id\",\"message\":\"it threw\"}");
        get(jobs().delete(lease.job()));
        get(stores.deliveries().postpone(first, Duration.ZERO));
        Delivery again = due().get(0);
        assertThat(again.number()).isEqualTo(first.number());
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void whatOneHostDoesNotTakeIsInNobodysWay() {
        Orders many = order();
        for (int i = 0; i < 300; i++) {
            many.tell(Callback.Event.FAILURE, "https://dead.example/" + i);
        }
        get(jobs().cancel(submit(many.build()).id(), CALLED_OFF));
        for (String host : List.of("a.example", "z.example", "Dead.Example")) {
            NewJob one = order().tell(Callback.Event.FAILURE, "https://" + host).build();
            get(jobs().cancel(submit(one).id(), CALLED_OFF));
        }
        List<Delivery> first = get(stores.deliveries().due(100, Duration.ofHours(1)));
        assertThat(first)
                .hasSize(100)
                .extracting(one -> one.uri().getHost())
                .contains("a.example", "z.example")
                .doesNotContain("Dead.Example");
        get(stores.deliveries().putOff(first, Duration.ofHours(1)));
        List<Delivery> rest = get(stores.deliveries().due(300, Duration.ofHours(1)));
        assertThat(rest).hasSize(203);
        assertThat(due()).isEmpty();
    }

    @Test
    void tellsOfEveryWayToFail() {
        for (JobState state : List.of(JobState.THREW, JobState.ERROR, JobState.CANCELLED)) {
            submit(order().tell(Callback.Event.FAILURE, "https://example.org/" + state)
                    .build());
            JobLease lease = begun();
            if (state == JobState.CANCELLED) {
                get(jobs().cancel(lease.job(), CALLED_OFF));
            } else {
                get(jobs().finish(lease, ended(state)));
            }
            assertThat(due()).extracting(one -> one.uri().getPath()).containsExactly("/" + state);
        }
    }

    private List<Delivery> due() {
        return get(stores.deliveries().due(10, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "\ud800",
                "\udc00x",
                "'; drop table job; --",
                "\"\\",
                "\u00e4\ud83d\ude00",
                "#",
                "=",
                ":id ? <x> ${y}",
                "long"
            })
    void keepsEveryTextAsItWas(String text) {
        String hostile = text.equals("long") ? "\u00e4x".repeat(100_000) : text;
        NewJob wanted = order().of(hostile)
                .bundle(hostile)
                .client(hostile)
                .face(hostile)
                .key(hostile, hostile)
                .tell(Callback.Event.FAILURE, "https://example.org/f")
                .build();
        Job job = submit(wanted);
        assertThat(get(jobs().submit(order().of(hostile).key(hostile, hostile).build(), LIMITS))
                        .added())
                .isFalse();
        assertThat(list(new Viewer(Optional.of(hostile), false), Set.of(), "", ""))
                .containsExactly(job.id());
        assertThat(list(OPERATOR, Set.of(), hostile, hostile)).containsExactly(job.id());
        assertThat(changed(0, Set.of(hostile), Set.of(), OPERATOR)).containsExactly(job.id());
        JobLease lease = claim(hostile, 1).get(0).lease();
        assertThat(lease.node()).isEqualTo(hostile);
        assertThat(get(jobs().begin(lease))).isTrue();
        renew(lease, new Progress(0.5, hostile), hostile);
        assertThat(jobs().tail(job.id())).isEqualTo(hostile);
        assertThat(jobs().versionsInUse()).containsOnlyKeys(wanted.target().versionId());
        get(jobs().cancel(job.id(), new JobProblem(hostile, hostile)));
        assertThat(due().get(0).body()).isASCII().contains("\"state\":\"CANCELLED\"");
        Job after = jobs().find(job.id()).orElseThrow();
        assertThat(after.target()).isEqualTo(wanted.target());
        assertThat(after.owner()).isEqualTo(wanted.owner());
        assertThat(after.order().face()).isEqualTo(hostile);
        assertThat(after.status().node()).isEqualTo(hostile);
        assertThat(after.status().progress().message()).isEqualTo(hostile);
        assertThat(after.status().problem()).contains(new JobProblem(hostile, hostile));
    }

    @Test
    void keepsAllBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        JobId id = submit(order().arguments(
                                new Payload(Optional.of(bytes), Optional.empty(), bytes.length, Orders.DIGEST))
                        .build())
                .id();
        assertThat(jobs().payload(id, Payload.Kind.ARGUMENTS)
                        .orElseThrow()
                        .inline()
                        .orElseThrow())
                .isEqualTo(bytes);
    }
}
