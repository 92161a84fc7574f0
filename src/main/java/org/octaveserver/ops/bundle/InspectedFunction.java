package org.octaveserver.ops.bundle;

import org.octaveserver.ops.bundle.signature.Signature;

/**
 * What Octave tells of a function.
 *
 * @param function which it is
 * @param signature the names of its arguments and its help text; no types, which Octave's functions do not declare
 */
public record InspectedFunction(ExportedFunction function, Signature signature) {}
