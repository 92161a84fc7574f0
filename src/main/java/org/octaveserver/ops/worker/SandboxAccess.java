package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * What a worker needs beside what it loads.
 *
 * @param read what it may read
 * @param write what it may write; exists
 * @param builds whether it works for the server itself, under the server's account: what it writes becomes the server's
 */
public record SandboxAccess(List<Path> read, List<Path> write, boolean builds) {
    /** That of workers that serve calls. */
    public static final SandboxAccess NONE = new SandboxAccess(List.of(), List.of(), false);

    public SandboxAccess {
        read = List.copyOf(read);
        write = List.copyOf(write);
    }

    /** May read these too. */
    public static SandboxAccess reading(Path... more) {
        return new SandboxAccess(List.of(more), List.of(), false);
    }

    /** Makes something for the server. */
    public static SandboxAccess building(List<Path> read, List<Path> write) {
        return new SandboxAccess(read, write, true);
    }
}
