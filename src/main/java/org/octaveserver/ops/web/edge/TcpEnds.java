package org.octaveserver.ops.web.edge;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The two ends of a connection, which name it.
 *
 * @param local this server's
 * @param remote the client's
 */
record TcpEnds(End local, End remote) {
    /** Of an IPv4 address as IPv6 writes it, between zeros and the address. */
    static final long MAPPED = 0xFFFF_0000_0000L;

    private static final long LOW_WORD = 0xFFFF_FFFFL;

    /** Such texts are never taken for names, for which a name server would be asked. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * One end; IPv4 as mapped to IPv6.
     *
     * @param high the first half of the address
     * @param low the second half
     */
    record End(long high, long low, int port) {}

    /** The ends that a request tells; empty when its addresses are none, as a proxy may have it. */
    static Optional<TcpEnds> of(GoneClients.Connection connection) {
        Optional<End> remote = end(connection.remoteAddress(), connection.remotePort());
        return end(connection.localAddress(), connection.localPort())
                .flatMap(local -> remote.map(other -> new TcpEnds(local, other)));
    }

    private static Optional<End> end(String address, int port) {
        String plain = withoutScope(address);
        if (port < 0 || port > Character.MAX_VALUE || !ADDRESS.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress parsed = InetAddress.getByName(plain);
            ByteBuffer bytes = ByteBuffer.wrap(parsed.getAddress());
            return Optional.of(
                    parsed instanceof Inet4Address
                            ? new End(0, MAPPED | (bytes.getInt() & LOW_WORD), port)
                            : new End(bytes.getLong(), bytes.getLong(), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String withoutScope(String address) {
        String inner =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int scope = inner.indexOf('%');
        return scope < 0 ? inner : inner.substring(0, scope);
    }
}
