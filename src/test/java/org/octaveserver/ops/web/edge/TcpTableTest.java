package org.octaveserver.ops.web.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists as a little-endian Linux 6.1 gave them. */
class TcpTableTest {
    static final String TITLES4 =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
                    + " inode                                                     \n";
    static final String TITLES6 = "  sl  local_address                         remote_address                        st"
            + " tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String LISTENING =
            "   0: 0100007F:26FD 00000000:0000 0A 00000000:00000000 00:00000000 00000000 "
                    + "    0        0 12231784 1 000000009224b310 100 0 0 10 0                   \n";
    private static final String V4 = "  17: 0201A8C0:26FD 0A00000A:C350 01 00000000:00000000 02:000A7214 00000000  1000"
            + "        0 12231790 2 0000000000000000 20 4 30 10 -1                  \n";
    private static final String MAPPED = "   1: 0000000000000000FFFF00000100007F:26FD"
            + " 0000000000000000FFFF00000100007F:84D2 08 00000000:00000001 00:00000000 00000000     0        0 12825995 1"
            + " 00000000a295a92e 20 4 30 10 -1\n";
    private static final String V6 = "10002: B80D0120000000000000000001000000:26FD"
            + " 000080FE00000000FF005450E8E74EFE:84D3 01 00000000:00000000 00:00000000 00000000     0        0 12825996 1"
            + " 00000000a295a92f 20 4 30 10 -1\n";

    @TempDir
    Path directory;

    private static TcpEnds ends(String remote, int remotePort, String local) {
        return TcpEnds.of(new GoneClients.Connection(remote, remotePort, local, 9981))
                .orElseThrow();
    }

    private Map<TcpEnds, Boolean> look(TcpEnds... wanted) throws IOException {
        return new TcpTable(directory).look(Set.of(wanted));
    }

    @Test
    void findsConnectionsOfEachKind() throws IOException {
        Files.writeString(directory.resolve("tcp"), TITLES4 + LISTENING + V4);
        Files.writeString(directory.resolve("tcp6"), TITLES6 + MAPPED + V6);
        TcpEnds plain = ends("10.0.0.10", 50000, "192.168.1.2");
        TcpEnds mapped = ends("127.0.0.1", 34002, "127.0.0.1");
        TcpEnds six = ends("fe80::5054:ff:fe4e:e7e8%eth0", 34003, "[2001:db8::1]");
        TcpEnds swapped = ends("192.168.1.2", 50000, "10.0.0.10");
        assertThat(look(plain, mapped, six, swapped))
                .containsOnly(Map.entry(plain, true), Map.entry(mapped, false), Map.entry(six, true));
    }

    @Test
    void saysOfOneThatIsListedTwiceThatItIsOpen() throws IOException {
        Files.writeString(directory.resolve("tcp"), TITLES4 + V4 + V4.replace(" 01 ", " 06 "));
        TcpEnds plain = ends("10.0.0.10", 50000, "192.168.1.2");
        assertThat(look(plain)).containsEntry(plain, true);
    }

    @Test
    void aSystemWithoutIpv6HasOneListOnly() throws IOException {
        Files.writeString(directory.resolve("tcp"), TITLES4 + V4);
        assertThat(look(ends("10.0.0.10", 50000, "192.168.1.2"))).hasSize(1);
        Files.delete(directory.resolve("tcp"));
        assertThat(new TcpTable(directory).isReadable()).isFalse();
        assertThatThrownBy(this::look).isInstanceOf(IOException.class);
    }

    @Test
    void findsOneAmongTenThousandHoweverTheyAreCutWhileTheyAreRead() throws IOException {
        StringBuilder text = new StringBuilder(TITLES4);
        for (int i = 0; i < 10_000; i++) {
            text.append(String.format("%4d: 0100007F:26FD %08X:%04X 01 00000000:00000000 00:0 0\n", i, i, 1024 + i));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        for (int piece : new int[] {7, 1000, Integer.MAX_VALUE}) {
            TcpLines lines = new TcpLines(inPieces(bytes, piece));
            List<Integer> ports = new ArrayList<>();
            while (lines.next()) {
                ports.add(lines.remotePort());
                assertThat(lines.state()).isEqualTo(1);
            }
            assertThat(ports).hasSize(10_000).startsWith(1024, 1025).endsWith(11_023);
        }
    }

    private static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int from, int count) {
                return super.read(requireNonNull(target), from, Math.min(count, piece));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n \n",
                "  0",
                "  0: 0100007F",
                "  0: 0100007F:26FD 0A00000A",
                "  0: 0100007F:26FD 0A00000A:C350",
                "  0: 0100007F:26FD 0A00000A:C350 01",
                "  0: 010007F:26FD 0A00000A:C350 01 0\n",
                "  0: 0100007F0100007F:26FD 0A00000A:C350 01 0\n",
                "  0: 0100007F:26FD 0A00000A01 C350 01 0\n",
                "  0: XYZ:26FD 0A00000A:C350 01 0\n"
            })
    void passesOverWhatIsNoLine(String text) throws IOException {
        assertThat(new TcpLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))).next())
                .isFalse();
        String before = TITLES4 + text + "\n" + V4;
        TcpLines lines = new TcpLines(new ByteArrayInputStream(before.getBytes(StandardCharsets.US_ASCII)));
        assertThat(lines.next()).isTrue();
        assertThat(lines.remotePort()).isEqualTo(50000);
        assertThat(lines.next()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "::1,0:0:0:0:0:0:0:1",
        "[::1],::1",
        "[fe80::1%3],fe80::1",
        "fe80::1%eth0,FE80:0::0:1",
        "::ffff:10.0.0.1,10.0.0.1",
        "::ffff:a00:1,10.0.0.1"
    })
    void takesAnAddressHoweverItIsWritten(String one, String other) {
        assertThat(ends(one, 1, "::1")).isEqualTo(ends(other, 1, "[::1%lo]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "abc",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "unknown",
                "[::1",
                ":",
                "1::2::3",
                "a.b:c"
            })
    void asksNobodyForNames(String address) {
        assertThat(TcpEnds.of(new GoneClients.Connection(address, 1, "::1", 1))).isEmpty();
        assertThat(TcpEnds.of(new GoneClients.Connection("::1", 1, address, 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void takesNoPortThatThereIsNot(int port) {
        assertThat(TcpEnds.of(new GoneClients.Connection("::1", port, "::1", 1)))
                .isEmpty();
    }
}
