/** One Octave process: spawning, handshake, calls, killing its process group, why it ended. */
@NullMarked
package org.octaveserver.ops.worker;

import org.jspecify.annotations.NullMarked;
