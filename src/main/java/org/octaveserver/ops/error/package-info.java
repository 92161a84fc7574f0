/** What can go wrong, as codes with kinds. Knows no HTTP and does no I/O. */
@NullMarked
package org.octaveserver.ops.error;

import org.jspecify.annotations.NullMarked;
