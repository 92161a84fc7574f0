/**
 * Jobs: calls that outlive their request. Submission, states, queue, execution, recovery and retention. {@link
 * org.octaveserver.ops.job.JobStore} is the port behind which they are kept. Knows no HTTP, no MPS and no database.
 */
@NullMarked
package org.octaveserver.ops.job;

import org.jspecify.annotations.NullMarked;
