/** The {@code ops} command: talks HTTP to a server. */
@NullMarked
package org.octaveserver.ops.cli;

import org.jspecify.annotations.NullMarked;
