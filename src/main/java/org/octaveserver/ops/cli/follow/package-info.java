/** What happens to a job, as its server tells it, and how it is shown: text in, text out. */
@NullMarked
package org.octaveserver.ops.cli.follow;

import org.jspecify.annotations.NullMarked;
