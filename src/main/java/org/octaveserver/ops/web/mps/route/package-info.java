/** Web request handlers and static files: requests whose path a routes file leads elsewhere than to a call in JSON. */
@NullMarked
package org.octaveserver.ops.web.mps.route;

import org.jspecify.annotations.NullMarked;
