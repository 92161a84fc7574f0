/** Bundle files, their manifests, the store, releases and the atomic switch between them. */
@NullMarked
package org.octaveserver.ops.bundle;

import org.jspecify.annotations.NullMarked;
