package org.octaveserver.ops.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.DataSize;

/** What keeps workers from the rest of the machine. Linux. */
@ConfigMapping(prefix = "ops.sandbox")
public interface SandboxSettings {
    /**
     * "bubblewrap" has each worker see no more than it needs, and starts none where that cannot be done; "auto" does so
     * where it works, and says in the log where it does not; "none" does not.
     */
    @WithDefault("none")
    SandboxMode mode();

    /** Whether workers in a sandbox may use the network. */
    @WithDefault("false")
    boolean network();

    /** More files and directories that workers in a sandbox may read, absolute, separated by commas. */
    Optional<List<String>> read();

    /** More directories that workers in a sandbox may write to, absolute, separated by commas. */
    Optional<List<String>> write();

    /**
     * How much each of /tmp, /var/tmp and /dev/shm of a sandbox may hold. They are in memory, and not counted by
     * "ops.limits.memory".
     */
    @WithDefault("256MB")
    @AtLeast("64KB")
    DataSize tmpSize();

    /**
     * The account under which workers run, a name or "uid:gid", when the server runs as root; without, it is nobody in a
     * sandbox, and root where there is none.
     */
    Optional<String> user();
}
