/** Which path of a URL leads to which function or folder: routes files, and the regular expressions in them. */
@NullMarked
package org.octaveserver.ops.bundle.route;

import org.jspecify.annotations.NullMarked;
