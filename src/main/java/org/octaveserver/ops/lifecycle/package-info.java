/** Starting, stopping, states, deadlines and named threads, for every other package. */
@NullMarked
package org.octaveserver.ops.lifecycle;

import org.jspecify.annotations.NullMarked;
