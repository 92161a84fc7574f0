package org.octaveserver.ops.runtime;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What compiled code depends on of an Octave installation.
 *
 * @param version what {@code version ()} answers, such as 7.3.0
 * @param api the version of Octave's interface for compiled functions, such as {@code api-v57}; empty when not known
 * @param host the kind of machine, such as {@code x86_64-pc-linux-gnu}; empty when not known
 */
public record RuntimeBuild(String version, String api, String host) {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._+-]");

    /** All of it as the name of a directory: {@code 7.3.0+api-v57+x86_64-pc-linux-gnu}. */
    public String identity() {
        return Stream.of(version, api, host)
                .filter(part -> !part.isEmpty())
                .map(part -> UNSAFE.matcher(part).replaceAll("_"))
                .collect(Collectors.joining("+"));
    }
}
