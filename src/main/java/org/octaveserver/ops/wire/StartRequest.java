package org.octaveserver.ops.wire;

import java.nio.file.Path;
import java.util.List;

/**
 * What START carries.
 *
 * @param protocolVersion the version the server speaks
 * @param outputMark what the worker prints when it has printed everything that belongs to this request
 * @param scratch the worker's own directory, where it works
 * @param loadPath the directories to put on Octave's path, first one first
 */
public record StartRequest(int protocolVersion, String outputMark, Path scratch, List<Path> loadPath) {
    public StartRequest {
        loadPath = List.copyOf(loadPath);
    }
}
