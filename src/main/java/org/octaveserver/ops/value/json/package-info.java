/** JSON codecs of Octave's values: the large and small notation of MATLAB Production Server. */
@NullMarked
package org.octaveserver.ops.value.json;

import org.jspecify.annotations.NullMarked;
