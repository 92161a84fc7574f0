/** What a bundle depends on, and which versions serve it: constraints and their resolution, without any I/O. */
@NullMarked
package org.octaveserver.ops.bundle.dependency;

import org.jspecify.annotations.NullMarked;
