package org.octaveserver.ops.bundle;

/**
 * A function that a bundle offers.
 *
 * @param name as Octave calls it; a package function with its package, {@code pkg.f}
 * @param file relative to the load path, with {@code /}
 * @param nargin what Octave's {@code nargin(name)} answers: the number of inputs, or -n when the last of n is varargin
 * @param nargout what {@code nargout(name)} answers, likewise
 */
public record ExportedFunction(String name, String file, int nargin, int nargout) {}
