/** Shows values as Octave shows them at its prompt ({@code format short}). */
@NullMarked
package org.octaveserver.ops.cli.print;

import org.jspecify.annotations.NullMarked;
