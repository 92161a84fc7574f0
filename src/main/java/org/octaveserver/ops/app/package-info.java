/** The composition root: the only place that turns settings into objects and wires them. */
@NullMarked
package org.octaveserver.ops.app;

import org.jspecify.annotations.NullMarked;
