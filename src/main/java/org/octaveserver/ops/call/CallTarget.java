package org.octaveserver.ops.call;

import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.ExportedFunction;

/**
 * What a call goes to. A call keeps its target to its end, whatever is deployed meanwhile.
 *
 * @param bundle the version
 * @param function one of its exports
 */
public record CallTarget(BundleVersion bundle, ExportedFunction function) {}
