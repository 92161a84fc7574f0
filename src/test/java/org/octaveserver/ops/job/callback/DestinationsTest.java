package org.octaveserver.ops.job.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.settings.SettingsException;

class DestinationsTest {
    private static void check(Destinations destinations, String uri) {
        destinations.check(URI.create(uri), "subscriber.successUri");
    }

    private static Destinations allowed(String... entries) {
        return Destinations.of(new TestCallbackSettings(List.of(entries)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fec0::1]",
                "[fd00:ec2::254]",
                "[::ffff:10.0.0.1]",
                "[::7f00:1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[ff02::1]"
            })
    void refusesWhatOnlyThisServerReaches(String host) {
        Destinations destinations = allowed("*");

        assertThatThrownBy(() -> check(destinations, "http://" + host + "/hook"))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("subscriber.successUri")
                .hasMessageContaining("ops.callbacks.allowed");
        assertThatThrownBy(() -> destinations.resolve(host.replaceAll("[\\[\\]]", "")))
                .isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001", "127.1", "localhost"})
    void refusesOtherSpellingsWhenTheyAreConnectedTo(String host) {
        assertThatThrownBy(() -> allowed("*").resolve(host)).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.215.14", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]", "hooks.example.org"})
    void letsThePublicInternetPass(String host) {
        assertThatCode(() -> check(allowed("*"), "https://" + host + ":8443/hook"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.org",
                "http://HOOKS.example.org.:81/x",
                "http://10.1.9.9/",
                "http://a.b.test"
            })
    void letsPassWhatIsNamed(String uri) {
        assertThatCode(() -> check(allowed("hooks.example.org", "10.1.0.0/16", "*.test"), uri))
                .doesNotThrowAnyException();
    }

    @Test
    void aNameThatIsAllowedMayHaveAnyAddress() throws UnknownHostException {
        assertThat(allowed("localhost").resolve("localhost")).contains(InetAddress.getLoopbackAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "http://xhooks.example.org", "http://test", "http://8.8.8.8"})
    void refusesWhatIsNotNamed(String uri) {
        assertThatThrownBy(() -> check(allowed("hooks.example.org", "*.test"), uri))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("ops.callbacks.allowed");
    }

    @Test
    void aNameWithAnAddressOfARangeMayBeConnectedTo() throws UnknownHostException {
        Destinations destinations = allowed("127.0.0.0/8", "::1");

        assertThatCode(() -> check(destinations, "http://localhost/")).doesNotThrowAnyException();
        assertThat(destinations.resolve("localhost")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "file:///etc/passwd",
                "mailto:a@example.org",
                "/hook",
                "http:///hook",
                "http://user:secret@example.org/"
            })
    void refusesWhatIsNoDestinationAtAll(String uri) {
        assertThatThrownBy(() -> check(allowed("*"), uri))
                .hasMessageStartingWith("subscriber.successUri must be an absolute http or https URI");
    }

    @Test
    void noneTurnsThemOff() {
        assertThatThrownBy(() -> check(allowed("none"), "http://example.org")).isInstanceOf(OpsException.class);
        assertThatThrownBy(() -> allowed("none").resolve("8.8.8.8")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void tellsAllEntriesThatAreNoDestinations() {
        assertThatThrownBy(() -> allowed("ok.example.org", "http://x", "10.0.0.0/33", "none"))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.getMessage())
                                .contains("http://x")
                                .contains("10.0.0.0/33")
                                .contains("none"));
    }
}
