/** Makes a bundle file out of a directory, the same bytes every time. */
@NullMarked
package org.octaveserver.ops.cli.pack;

import org.jspecify.annotations.NullMarked;
