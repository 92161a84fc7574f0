/** Messages and framing between the server and a worker; the same as {@code docs/worker-protocol.md}. */
@NullMarked
package org.octaveserver.ops.wire;

import org.jspecify.annotations.NullMarked;
