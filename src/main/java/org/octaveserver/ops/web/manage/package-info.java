/** OPS's own HTTP API for operators, under {@code /api/v1}. */
@NullMarked
package org.octaveserver.ops.web.manage;

import org.jspecify.annotations.NullMarked;
