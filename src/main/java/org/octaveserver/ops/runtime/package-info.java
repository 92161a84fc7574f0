/** Registered Octave installations: how to start each one, its version and packages. */
@NullMarked
package org.octaveserver.ops.runtime;

import org.jspecify.annotations.NullMarked;
