package org.octaveserver.ops.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * A store that forgets everything with its process. Futures are complete when they are answered. Leases run out when a test
 * says so, and the whole store is away while it does. Thread-safe.
 */
public final class MemoryStore implements JobStore {
    private static final int PIECE = 200;

    private final UUID instance = UUID.randomUUID();
    private final InstantSource clock;
    private final Map<JobId, MemoryJob> jobs = new TreeMap<>();
    /** Nodes that are gone. */
    private final Set<String> gone = new HashSet<>();

    private long sequence;
    private boolean away;
    private String lastParty = "";

    public MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether nothing can be read or written from now on. */
    public synchronized void away(boolean now) {
        away = now;
    }

    /** The leases of a node have run out. */
    public synchronized void lose(String node) {
        gone.add(node);
    }

    private <T> CompletableFuture<T> change(Supplier<T> step) {
        try {
            return CompletableFuture.completedFuture(read(step));
        } catch (OpsException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized <T> T read(Supplier<T> step) {
        if (away) {
            throw OpsException.until(
                    Duration.ofSeconds(1), ErrorCode.JOB_STORE_UNAVAILABLE, "the jobs cannot be reached now");
        }
        return step.get();
    }

    @Override
    public UUID instance() {
        return instance;
    }

    @Override
    public long sequence() {
        return read(() -> sequence);
    }

    @Override
    public CompletableFuture<Submitted> submit(NewJob job, QueueLimits limits) {
        return change(() -> {
            Optional<MemoryJob> before = known(job);
            if (before.isPresent()) {
                return new Submitted(before.get().job(), false);
            }
            refuseBeyond(limits, job.owner().party());
            MemoryJob added = new MemoryJob(job, ++sequence, clock.instant());
            jobs.put(job.id(), added);
            return new Submitted(added.job(), true);
        });
    }

    private Optional<MemoryJob> known(NewJob job) {
        MemoryJob same = jobs.get(job.id());
        if (same != null) {
            return Optional.of(same);
        }
        Optional<MemoryJob> keyed = jobs.values().stream()
                .filter(one -> job.key().isPresent()
                        && one.hasKey(job.owner(), job.key().get()))
                .findFirst();
        keyed.filter(one -> !one.hasFingerprint(job.key().orElseThrow())).ifPresent(other -> {
            throw new OpsException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED, "the key was used for another request: that of " + other.id());
        });
        return keyed;
    }

    private void refuseBeyond(QueueLimits limits, String party) {
        long waiting = in(JobState.QUEUED).count();
        if (waiting >= limits.most()) {
            throw new OpsException(ErrorCode.JOB_QUEUE_FULL, waiting + " jobs wait");
        }
        long ofParty = in(JobState.QUEUED)
                .filter(job -> job.owner().party().equals(party))
                .count();
        if (ofParty >= limits.mostOfParty()) {
            throw new OpsException(ErrorCode.TOO_MANY_JOBS, ofParty + " jobs of " + party + " wait");
        }
    }

    private Stream<MemoryJob> in(JobState state) {
        return jobs.values().stream().filter(job -> job.state() == state);
    }

    @Override
    public CompletableFuture<List<ClaimedJob>> claim(ClaimRequest request) {
        return change(() -> {
            List<ClaimedJob> claimed = new ArrayList<>();
            Map<String, Integer> room = new HashMap<>(request.room());
            Deque<Deque<MemoryJob>> parties = waiting(room.entrySet().stream()
                    .filter(bundle -> bundle.getValue() <= 0)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet()));
            while (!parties.isEmpty() && claimed.size() < request.most()) {
                Deque<MemoryJob> next = parties.removeFirst();
                MemoryJob job = next.removeFirst();
                String bundle = job.job().target().bundle();
                if (room.getOrDefault(bundle, 1) > 0) {
                    room.computeIfPresent(bundle, (name, left) -> left - 1);
                    lastParty = job.owner().party();
                    claimed.add(job.claim(request.node(), ++sequence, clock.instant()));
                }
                if (!next.isEmpty()) {
                    parties.addLast(next);
                }
            }
            return claimed;
        });
    }

    /** The queues of all parties, beginning after the one that was served last. */
    private Deque<Deque<MemoryJob>> waiting(Set<String> notBundles) {
        TreeMap<String, Deque<MemoryJob>> byParty = new TreeMap<>();
        in(JobState.QUEUED)
                .filter(job -> !notBundles.contains(job.job().target().bundle()))
                .sorted(Comparator.comparingInt(MemoryJob::urgency).thenComparing(MemoryJob::id))
                .forEach(job -> byParty.computeIfAbsent(job.owner().party(), party -> new ArrayDeque<>())
                        .add(job));
        Deque<Deque<MemoryJob>> turns =
                new ArrayDeque<>(byParty.tailMap(lastParty, false).values());
        turns.addAll(byParty.headMap(lastParty, true).values());
        return turns;
    }

    @Override
    public CompletableFuture<Boolean> begin(JobLease lease) {
        return change(() -> held(lease)
                .map(job -> job.state() == JobState.RUNNING || job.begin(++sequence, clock.instant()))
                .orElse(false));
    }

    private Optional<MemoryJob> held(JobLease lease) {
        return Optional.ofNullable(jobs.get(lease.job())).filter(job -> job.isHeld(lease));
    }

    @Override
    public CompletableFuture<Boolean> giveBack(JobLease lease) {
        return change(() -> held(lease).map(job -> job.waitAgain(++sequence)).orElse(false));
    }

    @Override
    public CompletableFuture<Boolean> finish(JobLease lease, Ending ending) {
        return change(() -> {
            MemoryJob job = jobs.get(lease.job());
            if (job != null && job.wasFinishedBy(lease, ending)) {
                return true;
            }
            return held(lease)
                    .filter(held -> held.state().next().contains(ending.state()))
                    .map(held -> held.finish(ending, ++sequence, clock.instant()))
                    .orElse(false);
        });
    }

    @Override
    public CompletableFuture<Boolean> keepOutput(JobLease lease, Payload output) {
        return change(() -> Optional.ofNullable(jobs.get(lease.job()))
                .filter(job -> job.wasCancelledUnder(lease))
                .map(job -> job.keep(Payload.Kind.OUTPUT, output))
                .orElse(false));
    }

    @Override
    public CompletableFuture<Set<JobLease>> renew(Duration lease, Map<JobLease, Report> reports) {
        return change(() -> {
            Set<JobLease> lost = new HashSet<>();
            reports.forEach(
                    (held, report) -> held(held).ifPresentOrElse(job -> job.report(report), () -> lost.add(held)));
            return lost;
        });
    }

    @Override
    public CompletableFuture<Touched> cancel(JobId id, JobProblem why) {
        return change(() -> touch(id, job -> job.state().isOpen(), job -> {
            job.cancel(why, ++sequence, clock.instant());
            return List.of();
        }));
    }

    @Override
    public CompletableFuture<Touched> delete(JobId id) {
        return change(() -> touch(id, job -> job.state().isFinished(), job -> job.delete(++sequence, clock.instant())));
    }

    private interface Test {
        boolean holds(MemoryJob job);
    }

    private interface Step {
        List<String> take(MemoryJob job);
    }

    private Touched touch(JobId id, Test may, Step step) {
        MemoryJob job = jobs.get(id);
        if (job == null) {
            return new Touched(Optional.empty(), false, List.of());
        }
        Optional<Job> before = Optional.of(job.job());
        return may.holds(job) ? new Touched(before, true, step.take(job)) : new Touched(before, false, List.of());
    }

    @Override
    public CompletableFuture<List<Job>> recover(String node, JobProblem why) {
        return change(() -> jobs.values().stream()
                .filter(job -> job.holder().filter(gone::contains).isPresent())
                .limit(PIECE)
                .map(job -> job.recover(why, ++sequence, clock.instant()))
                .toList());
    }

    @Override
    public Optional<Job> find(JobId id) {
        return read(() -> Optional.ofNullable(jobs.get(id)).map(MemoryJob::job));
    }

    @Override
    public String tail(JobId id) {
        return read(() -> Optional.ofNullable(jobs.get(id)).map(MemoryJob::tail).orElse(""));
    }

    @Override
    public Optional<Payload> payload(JobId id, Payload.Kind kind) {
        return read(() -> Optional.ofNullable(jobs.get(id)).flatMap(job -> job.payload(kind)));
    }

    @Override
    public List<Job> changed(ChangeQuery query) {
        return read(() -> jobs.values().stream()
                .map(MemoryJob::job)
                .filter(job -> query.viewer().sees(job.owner()) && job.state() != JobState.DELETED)
                .filter(job -> query.ids().contains(job.id())
                        || query.clients().contains(job.owner().client()))
                .filter(job -> job.status().sequence() >= query.since())
                .sorted(Comparator.comparingLong(job -> job.status().sequence()))
                .limit(query.most())
                .toList());
    }

    @Override
    public List<Job> list(JobQuery query) {
        return read(() -> jobs.values().stream()
                .map(MemoryJob::job)
                .filter(job -> matches(job, query))
                .sorted(Comparator.comparing(Job::id).reversed())
                .limit(query.page().size())
                .toList());
    }

    private static boolean matches(Job job, JobQuery query) {
        boolean state = query.states().isEmpty()
                ? job.state() != JobState.DELETED
                : query.states().contains(job.state());
        boolean bundle = query.bundle()
                .filter(name -> !name.equals(job.target().bundle())
                        && !name.equals(
                                job.target().bundle() + "@" + job.target().version()))
                .isEmpty();
        boolean principal = query.principal().isEmpty()
                || query.principal().equals(job.owner().principal());
        JobQuery.Span span = query.accepted();
        boolean time = span.from().filter(job.times().accepted()::isBefore).isEmpty()
                && span.until()
                        .filter(end -> !job.times().accepted().isBefore(end))
                        .isEmpty();
        boolean page = query.page()
                .after()
                .filter(last -> job.id().compareTo(last) >= 0)
                .isEmpty();
        return query.viewer().sees(job.owner()) && state && bundle && principal && time && page;
    }

    @Override
    public Map<JobState, Long> open() {
        return read(() -> {
            Map<JobState, Long> counts = new EnumMap<>(JobState.class);
            JobState.open().forEach(state -> counts.put(state, in(state).count()));
            return counts;
        });
    }

    @Override
    public Map<String, Set<Long>> versionsInUse() {
        return read(() -> {
            Map<String, Set<Long>> versions = new HashMap<>();
            jobs.values().stream()
                    .filter(job -> job.state().isOpen())
                    .map(job -> job.job().target())
                    .forEach(target -> versions.computeIfAbsent(target.versionId(), id -> new HashSet<>())
                            .add(target.release()));
            return versions;
        });
    }

    @Override
    public CompletableFuture<Optional<List<String>>> forget(RetentionRules rules) {
        return change(() -> {
            List<MemoryJob> old = expired(rules);
            List<String> files = new ArrayList<>();
            old.forEach(job -> files.addAll(job.delete(++sequence, clock.instant())));
            boolean some = jobs.values()
                    .removeIf(job -> job.deletedBefore(clock.instant().minus(rules.rememberFor())));
            return old.isEmpty() && !some ? Optional.empty() : Optional.of(files);
        });
    }

    private List<MemoryJob> expired(RetentionRules rules) {
        Map<String, Long> kept = new HashMap<>();
        List<MemoryJob> newestFirst = jobs.values().stream()
                .filter(job -> job.state().isFinished())
                .sorted(Comparator.comparing(MemoryJob::ended).reversed())
                .toList();
        List<MemoryJob> expired = new ArrayList<>();
        for (MemoryJob job : newestFirst) {
            long bytes = kept.merge(job.owner().party(), job.bytes(), Long::sum);
            boolean old = job.ended().isBefore(clock.instant().minus(rules.keepFor()));
            if (old || bytes > rules.bytesOfParty()) {
                expired.add(job);
            }
        }
        return expired;
    }

    @Override
    public Set<String> referred(Collection<String> files) {
        return read(() -> {
            Set<String> referred = new HashSet<>();
            jobs.values().forEach(job -> job.files().filter(files::contains).forEach(referred::add));
            return referred;
        });
    }
}
