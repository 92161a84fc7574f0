package org.octaveserver.ops.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The socket at which a template is met, in a directory that only this account may enter.
 *
 * @param directory that directory
 * @param whole what is removed with it: around it where no directory of a worker is
 */
record ForkSocket(Path directory, Path whole) {
    /** What the address of a socket has room for, on every system. */
    private static final int LONGEST = 100;

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** The account of workers, which may be another one, comes through. */
    private static final FileAttribute<Set<PosixFilePermission>> PASSABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));

    /** Makes the directory: in {@code parent}, or among the system's temporary ones when that path is too long. */
    static ForkSocket in(Path parent) throws IOException {
        Path fork = parent.resolve("fork");
        ForkSocket near = new ForkSocket(fork, fork);
        if (near.path().toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            Files.createDirectory(near.directory(), PRIVATE);
            return near;
        }
        // One around it that no sandbox shows: what is in that one is removed undisturbed.
        Path whole = Files.createTempDirectory("ops", PASSABLE);
        return new ForkSocket(Files.createDirectory(whole.resolve("s"), PRIVATE), whole);
    }

    Path path() {
        return directory.resolve("socket");
    }

    /** The two connections of a worker: its channel first. */
    ForkedProcess.Sockets connect() throws IOException {
        SocketChannel channel = connection();
        try {
            return new ForkedProcess.Sockets(channel, connection());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private SocketChannel connection() throws IOException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            boolean unused = socket.connect(UnixDomainSocketAddress.of(path()));
            socket.configureBlocking(false);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void delete(Removals removals) {
        removals.remove(whole, () -> {});
    }
}
