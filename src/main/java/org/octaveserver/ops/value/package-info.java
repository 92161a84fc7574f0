/** Octave's values as immutable Java objects over little-endian, column-major buffers. */
@NullMarked
package org.octaveserver.ops.value;

import org.jspecify.annotations.NullMarked;
