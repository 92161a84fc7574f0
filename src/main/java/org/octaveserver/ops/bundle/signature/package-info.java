/** What callers may know of a bundle's functions: the names, types and meaning of their arguments. */
@NullMarked
package org.octaveserver.ops.bundle.signature;

import org.jspecify.annotations.NullMarked;
