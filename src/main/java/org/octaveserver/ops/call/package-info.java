/** One call from its resolution in a release to its answer. */
@NullMarked
package org.octaveserver.ops.call;

import org.jspecify.annotations.NullMarked;
