package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.octaveserver.ops.lifecycle.Watchdog;

/**
 * What every launcher needs.
 *
 * @param octaveCode the directory of {@code worker}, {@code native} and {@code package}, the functions that every bundle may
 *     use
 * @param serverEnvironment the server's own environment, of which workers see next to nothing
 * @param limitWatch ends workers that use more than they may
 * @param sandbox the walls around workers
 * @param random unpredictable, because user code must not guess output marks
 */
public record LauncherParts(
        WorkerSettings settings,
        Path octaveCode,
        ScratchDirectories scratch,
        Map<String, String> serverEnvironment,
        Watchdog watchdog,
        LimitWatch limitWatch,
        Sandbox sandbox,
        RandomGenerator random) {
    public LauncherParts {
        serverEnvironment = Map.copyOf(serverEnvironment);
    }
}
