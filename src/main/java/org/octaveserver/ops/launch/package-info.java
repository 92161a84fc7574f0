/** The bootstrap of {@code java -jar ops.war}; stands at the root of the WAR, where a container never looks. */
@NullMarked
package org.octaveserver.ops.launch;

import org.jspecify.annotations.NullMarked;
