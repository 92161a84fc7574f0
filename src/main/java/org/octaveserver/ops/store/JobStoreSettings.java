package org.octaveserver.ops.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.octaveserver.ops.settings.AtLeast;

/** Settings of the store of jobs. */
@ConfigMapping(prefix = "ops.jobs")
public interface JobStoreSettings {
    /**
     * The database of jobs: jdbc:postgresql://host/database, which several nodes may share. Default: a file jobs.db of this
     * server's own, by SQLite, in the directory of jobs.
     */
    Optional<String> url();

    /** The name under which the server logs in to the database of ops.jobs.url. */
    Optional<String> user();

    /** The password for it; better in a file of its own, ops.jobs.password-file. */
    Optional<String> password();

    /** A file whose first line is that password. */
    Optional<Path> passwordFile();

    /**
     * For how long a node has a job without saying that it still runs it. Where nodes share a database, the jobs of one that is
     * lost are taken over after this time.
     */
    @WithDefault("30s")
    @AtLeast("2s")
    Duration lease();
}
