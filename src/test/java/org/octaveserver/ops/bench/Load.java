package org.octaveserver.ops.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is asked again and again.
 *
 * @param address of the server, such as {@code http://127.0.0.1:9910}
 * @param paths what is asked in turn
 * @param headers beside the content type
 * @param body the file with the body of each request
 * @param connections how many ask at once
 */
record Load(String address, List<String> paths, Map<String, String> headers, Path body, int connections) {
    /** The same asked by so many. */
    Load at(int other) {
        return new Load(address, paths, headers, body, other);
    }

    /** The same of another server. */
    Load of(String other) {
        return new Load(other, paths, headers, body, connections);
    }
}
