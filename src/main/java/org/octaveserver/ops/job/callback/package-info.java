/** Tells those who asked for it what has become of jobs (webhooks). The only place where the server calls others. */
@NullMarked
package org.octaveserver.ops.job.callback;

import org.jspecify.annotations.NullMarked;
