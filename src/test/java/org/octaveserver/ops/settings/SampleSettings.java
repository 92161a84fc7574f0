package org.octaveserver.ops.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One setting of every kind. */
@ConfigMapping(prefix = "ops.sample")
interface SampleSettings {
    @WithDefault("true")
    boolean enabled();

    @WithDefault("9910")
    @AtLeast("0")
    @AtMost("65535")
    int port();

    @AtLeast("1")
    OptionalInt maxThings();

    @WithDefault("30s")
    @AtLeast("1s")
    Duration timeout();

    @WithDefault("64MB")
    @AtLeast("1KB")
    @AtMost("2047MB")
    DataSize maxSize();

    Optional<Path> directory();

    Optional<List<String>> names();

    Optional<String> motto();

    @WithDefault("octave-cli")
    String command();

    @ByName(value = "<thing>.colour", names = "[a-z][a-z0-9_.-]*", allowed = "it begins with a small letter")
    Map<String, String> colours();
}
