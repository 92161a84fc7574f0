package org.octaveserver.ops.web.mps;

import java.net.URI;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.octaveserver.ops.job.JobService;

/**
 * Where jobs are handed in.
 *
 * @param destinations refuses, with an {@link org.octaveserver.ops.error.OpsException} that names the member of the request,
 *     addresses to which no callback may go
 * @param work threads that tell submitters of their jobs
 */
public record JobDesk(JobService jobs, BiConsumer<URI, String> destinations, Executor work) {}
