package org.octaveserver.ops.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.octaveserver.ops.job.ClaimedJob;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobStore.ClaimRequest;
import org.octaveserver.ops.job.Payload;

/**
 * Takes jobs: in rounds, in which each party that has something waiting gets an equal part of what is still to be had,
 * beginning after the one that was served last. Within a party the heads of its bundles' queues are compared, so that
 * nothing is looked at that is not taken.
 */
final class Claiming implements Change<List<ClaimedJob>> {
    private final ClaimRequest request;

    Claiming(ClaimRequest request) {
        this.request = request;
    }

    private record Candidate(JobId id, String bundle, int urgency) {}

    private record Waiting(Job job, Payload arguments) {}

    @Override
    public List<ClaimedJob> make(Work work) {
        List<ClaimedJob> claimed = new ArrayList<>();
        Tallies tallies = work.tallies();
        Map<String, Integer> room = new HashMap<>();
        request.room().forEach((bundle, most) -> room.put(Keys.of(bundle), most));
        while (claimed.size() < request.most() && work.head().queued() > 0) {
            int left = request.most() - claimed.size();
            List<String> parties = tallies.parties(work.head().turn(), left, full(room));
            if (parties.isEmpty()) {
                break;
            }
            long before = work.head().queued();
            parties.forEach(party -> take(work, party, left / parties.size(), room, claimed));
            if (work.head().queued() == before) {
                break;
            }
        }
        return claimed;
    }

    private static Set<String> full(Map<String, Integer> room) {
        return room.entrySet().stream()
                .filter(bundle -> bundle.getValue() <= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void take(Work work, String party, int most, Map<String, Integer> room, List<ClaimedJob> claimed) {
        List<Candidate> candidates = new ArrayList<>();
        for (String bundle : work.tallies().bundles(party, full(room))) {
            candidates.addAll(heads(work, party, bundle, Math.min(most, room.getOrDefault(bundle, most))));
        }
        candidates.sort(Comparator.comparingInt(Candidate::urgency).thenComparing(Candidate::id));
        for (Candidate one : candidates.subList(0, Math.min(most, candidates.size()))) {
            Optional<Waiting> waiting = read(work, one.id());
            if (waiting.isPresent()) {
                claimed.add(claim(work, waiting.get()));
                room.computeIfPresent(one.bundle(), (bundle, left) -> left - 1);
            }
        }
        work.head(work.head().turn(party));
    }

    private static List<Candidate> heads(Work work, String party, String bundle, int most) {
        return work.handle()
                .createQuery(
                        "select id, urgency from job where state = 'QUEUED' and party = :party and bundle = :bundle"
                                + " order by urgency, id limit :most")
                .bind("party", party)
                .bind("bundle", bundle)
                .bind("most", most)
                .map((row, context) -> new Candidate(JobRows.id(row, "id"), bundle, row.getInt("urgency")))
                .list();
    }

    /**
     * All that is read of a job, before anything is written of it: what fails later would take the others with it. Nothing
     * of one that cannot be read; it has ended.
     */
    private static Optional<Waiting> read(Work work, JobId id) {
        JobRows.Found found = new JobRows(work.handle()).look(id).orElseThrow();
        Optional<Payload> arguments = new PayloadRows(work.handle()).find(id, Payload.Kind.ARGUMENTS);
        if (found.job().isEmpty() || arguments.isEmpty()) {
            new DamagedRows(work).end(id, found.job().isEmpty() ? found.damage() : "its arguments are not there");
            return Optional.empty();
        }
        return Optional.of(new Waiting(found.job().get(), arguments.get()));
    }

    private ClaimedJob claim(Work work, Waiting waiting) {
        Job job = new Moves(work).claim(waiting.job(), request.node());
        JobLease lease = new JobLease(job.id(), request.node(), job.status().attempt());
        new LeaseRows(work.handle())
                .add(
                        lease,
                        Spans.after(work.now(), request.lease()),
                        job.status().progress());
        return new ClaimedJob(job, lease, waiting.arguments());
    }

    /** Nobody would ever run what nobody knows to have. */
    @Override
    public Optional<Change<?>> whenInDoubt(List<ClaimedJob> outcome) {
        return Optional.of(work -> {
            outcome.forEach(one -> new LeaseChanges(work).giveBack(one.lease()));
            return true;
        });
    }
}
