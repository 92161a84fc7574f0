/** Counts what happens, for whoever watches the server. */
@NullMarked
package org.octaveserver.ops.stats;

import org.jspecify.annotations.NullMarked;
