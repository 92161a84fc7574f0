package org.octaveserver.ops.web.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The connections of this system as Linux lists them ({@code tcp} and {@code tcp6} below {@code /proc/net}). Only those are
 * looked up that are asked for: there may be many thousands.
 */
final class TcpTable {
    /** The numbers that Linux gives states; so has a connection that was opened with data. */
    private static final int ESTABLISHED = 1;

    private static final int OPENING = 3;
    private static final int PORTS = 1 << 16;

    private final Path directory;

    /**
     * A table that may not be there.
     *
     * @param directory such as {@code /proc/net}
     */
    TcpTable(Path directory) {
        this.directory = directory;
    }

    boolean isReadable() {
        return Files.isReadable(directory.resolve("tcp"));
    }

    /**
     * Which of some connections are listed, and whether both sides of them are open. One that is open may be missing: the
     * list is not made at one moment.
     *
     * @throws IOException when it cannot be read to its end
     */
    Map<TcpEnds, Boolean> look(Set<TcpEnds> wanted) throws IOException {
        BitSet ports = new BitSet(PORTS);
        wanted.forEach(ends -> ports.set(ends.remote().port()));
        Map<TcpEnds, Boolean> found = new HashMap<>();
        try (InputStream in = Files.newInputStream(directory.resolve("tcp"))) {
            look(new TcpLines(in), ports, wanted, found);
        }
        try (InputStream in = Files.newInputStream(directory.resolve("tcp6"))) {
            look(new TcpLines(in), ports, wanted, found);
        } catch (NoSuchFileException e) {
            // A system without IPv6 has all in the other one.
            return found;
        }
        return found;
    }

    private static void look(TcpLines lines, BitSet ports, Set<TcpEnds> wanted, Map<TcpEnds, Boolean> found)
            throws IOException {
        while (lines.next()) {
            if (ports.get(lines.remotePort()) && wanted.contains(lines.ends())) {
                boolean open = lines.state() == ESTABLISHED || lines.state() == OPENING;
                found.merge(lines.ends(), open, Boolean::logicalOr);
            }
        }
    }
}
