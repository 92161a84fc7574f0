package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * What a worker is started for.
 *
 * @param label what it serves, for names of workers in logs, such as {@code demo@1.0.0-0123456789ab}
 * @param command how Octave is started, without options
 * @param loadPath the directories to put on Octave's path, first one first
 * @param lastOutput how many of the last bytes that a request prints are kept beside the first ones, of which
 *     {@code ops.worker.max-output} are
 */
public record WorkerSpec(String label, List<String> command, List<Path> loadPath, int lastOutput) {
    public WorkerSpec {
        command = List.copyOf(command);
        loadPath = List.copyOf(loadPath);
    }

    /** A worker of whose output only the beginning is kept when it is long. */
    public WorkerSpec(String label, List<String> command, List<Path> loadPath) {
        this(label, command, loadPath, 0);
    }
}
