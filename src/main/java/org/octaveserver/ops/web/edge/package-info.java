/** What every HTTP face shares: the table from error kinds to statuses, filters, JSON set-up. */
@NullMarked
package org.octaveserver.ops.web.edge;

import org.jspecify.annotations.NullMarked;
