/** Loads {@code conf/ops.properties} and the environment into typed, checked, immutable settings. Knows no feature. */
@NullMarked
package org.octaveserver.ops.settings;

import org.jspecify.annotations.NullMarked;
