/** The HTTP face that clients of MATLAB Production Server know. */
@NullMarked
package org.octaveserver.ops.web.mps;

import org.jspecify.annotations.NullMarked;
