package org.octaveserver.ops.app;

import jakarta.servlet.Filter;
import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.lifecycle.Lifecycle;
import org.octaveserver.ops.lifecycle.WorkThreads;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.HttpSettings;
import org.octaveserver.ops.web.manage.JobContents;
import org.octaveserver.ops.web.manage.JobFilter;
import org.octaveserver.ops.web.manage.JobWatches;
import org.octaveserver.ops.web.manage.JobsResource;
import org.octaveserver.ops.web.mps.JobDesk;
import org.octaveserver.ops.web.mps.JsonAnswers;
import org.octaveserver.ops.web.mps.SharedParts;
import org.octaveserver.ops.web.mps.requests.RequestsEndpoint;
import org.octaveserver.ops.web.mps.requests.RequestsFilter;

/**
 * The web faces of jobs.
 *
 * @param desk where calls are handed in as jobs
 * @param filters take what Jersey does not see
 * @param resource for Jersey
 */
record JobFaces(JobDesk desk, List<Filter> filters, JobsResource resource) {
    /** What waits for the disk keeps no processor busy. */
    private static final int THREADS = 4;

    /** What they need of the rest of the web faces. */
    record Needs(AccessCheck access, HttpSettings http, SharedParts shared, Lifecycle lifecycle) {}

    static JobFaces of(JobService jobs, BiConsumer<URI, String> destinations, Needs needs) {
        WorkThreads work = needs.lifecycle().add(new WorkThreads("job-web", THREADS));
        SharedParts shared = needs.shared();
        // Of their own: each watch looks every second, and whoever cancels or submits waits for none of them.
        WorkThreads looks = needs.lifecycle().add(new WorkThreads("job-watch", THREADS));
        HttpSettings http = needs.http();
        JobWatches watches = new JobWatches(
                jobs, looks, shared.watchdog(), new JobWatches.Limits(http.maxWatches(), http.eventHeartbeat()));
        JsonAnswers answers = new JsonAnswers();
        RequestsEndpoint requests =
                new RequestsEndpoint(jobs, needs.access(), answers, new RequestsEndpoint.Threads(shared.large(), work));
        JobContents contents = new JobContents(watches, needs.access(), answers, shared.large());
        return new JobFaces(
                new JobDesk(jobs, destinations, work),
                List.of(new RequestsFilter(requests), new JobFilter(contents)),
                new JobsResource(watches, work));
    }
}
