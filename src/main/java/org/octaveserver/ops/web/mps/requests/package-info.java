/** Asynchronous requests by MPS's URLs: what became of a job, its result, and its end. */
@NullMarked
package org.octaveserver.ops.web.mps.requests;

import org.jspecify.annotations.NullMarked;
