/** The hot-deploy folder: files that appear, change or vanish in it are deployed, replaced, taken away. */
@NullMarked
package org.octaveserver.ops.bundle.autodeploy;

import org.jspecify.annotations.NullMarked;
