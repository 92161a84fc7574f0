/** The workers of this node: filling, leasing, recycling. Commons Pool is confined here. */
@NullMarked
package org.octaveserver.ops.pool;

import org.jspecify.annotations.NullMarked;
