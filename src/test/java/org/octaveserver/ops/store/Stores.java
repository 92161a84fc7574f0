package org.octaveserver.ops.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.octaveserver.ops.job.callback.CallbackSignature;

/** Stores for tests. */
final class Stores {
    static final Duration LEASE = Duration.ofSeconds(2);

    private Stores() {}

    static JobStores sqlite(Path directory) {
        return started(JobStores.of(
                settings(Optional.empty(), LEASE),
                common(directory),
                directory.resolve("sqlite"),
                InstantSource.system()));
    }

    static JobStores postgres(String url, Path directory) {
        return postgres(url, directory, LEASE);
    }

    static JobStores postgres(String url, Path directory, Duration lease) {
        return postgres(url, common(directory), lease);
    }

    static JobStores postgres(String url, InCommon common, Duration lease) {
        return started(JobStores.of(
                settings(Optional.of(url), lease), common, common.jobs().resolve("sqlite"), InstantSource.system()));
    }

    static InCommon common(Path directory) {
        return new InCommon(directory, directory.resolve("bundles"), new CallbackSignature("secret"));
    }

    private static JobStores started(JobStores stores) {
        stores.start();
        return stores;
    }

    static JobStoreSettings settings(Optional<String> url, Duration lease) {
        return new JobStoreSettings() {
            @Override
            public Optional<String> url() {
                return url;
            }

            @Override
            public Optional<String> user() {
                return url.map(any -> "ops");
            }

            @Override
            public Optional<String> password() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> passwordFile() {
                return Optional.empty();
            }

            @Override
            public Duration lease() {
                return lease;
            }
        };
    }
}
