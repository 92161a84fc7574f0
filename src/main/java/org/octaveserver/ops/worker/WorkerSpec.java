package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * What a worker is started for.
 *
 * @param label what it serves, for names of workers in logs, such as {@code demo@1.0.0-0123456789ab}
 * @param command how Octave is started, without options
 * @param loadPath the directories to put on Octave's path, first one first
 */
public record WorkerSpec(String label, List<String> command, List<Path> loadPath) {
    public WorkerSpec {
        command = List.copyOf(command);
        loadPath = List.copyOf(loadPath);
    }
}
