package org.octaveserver.ops.runtime;

import java.nio.file.Path;
import java.util.List;

/**
 * A package that is installed with a runtime.
 *
 * @param name its name, in lower case
 * @param version its version, as {@code pkg} tells it
 * @param loadPath what {@code pkg load} puts on the path of it, first one first
 * @param depends what it needs, one entry each: {@code struct (>= 1.0.12)}
 */
public record RuntimePackage(String name, String version, List<Path> loadPath, List<String> depends) {
    public RuntimePackage {
        loadPath = List.copyOf(loadPath);
        depends = List.copyOf(depends);
    }
}
