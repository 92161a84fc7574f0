package org.octaveserver.ops.web.mps;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.JobService;

/**
 * Where jobs are handed in.
 *
 * @param destinations refuses, with an {@link org.octaveserver.ops.error.OpsException}, callbacks to where nobody is to be told
 * @param work threads that tell submitters of their jobs
 */
public record JobDesk(JobService jobs, Consumer<Callback> destinations, Executor work) {}
