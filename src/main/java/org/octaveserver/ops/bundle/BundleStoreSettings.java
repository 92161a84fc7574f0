package org.octaveserver.ops.bundle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.AtMost;
import org.octaveserver.ops.settings.DataSize;

/** Settings of the bundle store. */
@ConfigMapping(prefix = "ops.bundles")
public interface BundleStoreSettings {
    /** The directory of the store; several nodes may share it. Default: $OPS_HOME/bundles. */
    Optional<Path> directory();

    /** The largest bundle file. */
    @WithDefault("256MB")
    @AtLeast("1KB")
    DataSize maxUploadSize();

    /** How many files and directories a bundle may hold. */
    @WithDefault("10000")
    @AtLeast("1")
    int maxEntries();

    /** How large a bundle may be when unpacked. */
    @WithDefault("1GB")
    @AtLeast("1KB")
    DataSize maxUnpackedSize();

    /** How many times larger than its file an unpacked bundle may be. */
    @WithDefault("200")
    @AtLeast("1")
    int maxRatio();

    /** How often the store is looked at for a release that another node made. */
    @WithDefault("1s")
    @AtLeast("10ms")
    Duration pollInterval();

    /**
     * How long an unfinished deployment, perhaps of another node, may lie untouched in a store that ops.bundles.directory
     * names before it is removed; longer than ops.bundles.build-timeout, inspection-timeout and smoke-timeout together.
     * The store in OPS_HOME belongs to one server, which removes all of them at its start.
     */
    @WithDefault("1h")
    @AtLeast("1s")
    Duration incomingKept();

    /**
     * How many versions of a bundle stay callable beside the default one; when another one is deployed, those that were
     * stored longest ago are retired, except what other bundles depend on.
     */
    @WithDefault("5")
    @AtLeast("0")
    int keepVersions();

    /** How many releases are kept, the current one included; they can be gone back to. */
    @WithDefault("20")
    @AtLeast("1")
    int keepReleases();

    /** How long each release is kept, however many there are. */
    @WithDefault("30d")
    @AtLeast("0s")
    Duration keepReleasesFor();

    /** How long Octave may take to parse all files of a bundle. */
    @WithDefault("60s")
    @AtLeast("1s")
    Duration inspectionTimeout();

    /** How long the installation of a package may take, with all that is compiled. */
    @WithDefault("15m")
    @AtLeast("1s")
    Duration buildTimeout();

    /** How much of the end of a build's output its log keeps, besides the first ops.worker.max-output. */
    @WithDefault("1MB")
    @AtLeast("1KB")
    @AtMost("2047MB")
    DataSize buildOutput();

    /** How long the smoke call of a bundle may take. */
    @WithDefault("60s")
    @AtLeast("100ms")
    Duration smokeTimeout();
}
