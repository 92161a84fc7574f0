package org.octaveserver.ops.job.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.job.DeliveryStore.Delivery;
import org.octaveserver.ops.job.JobIds;

class OutgoingTest {
    private final Outgoing outgoing = new Outgoing(3, 2);

    private static Delivery to(String uri, long number) {
        return new Delivery(number, new JobIds().next(), URI.create(uri), 0, Instant.EPOCH, "");
    }

    @Test
    void passesOverAHostThatHasItsShare() {
        Delivery first = to("https://a.example/1", 1);
        Delivery second = to("https://A.example:8443/2", 2);
        Delivery third = to("http://a.example/3", 3);
        Delivery other = to("https://b.example/", 4);
        outgoing.add(List.of(first, second, third, other));

        assertThat(outgoing.next()).contains(first);
        assertThat(outgoing.next()).contains(other);
        assertThat(outgoing.next()).contains(second);
        assertThat(outgoing.next()).isEmpty();
        outgoing.ended(other);
        assertThat(outgoing.next()).isEmpty();
        outgoing.ended(second);
        assertThat(outgoing.next()).contains(third);
        outgoing.ended(first);
        outgoing.ended(third);
        assertThat(outgoing.next()).isEmpty();
    }

    @Test
    void hostsTakeTurnsHoweverManyDeliveriesSomeHave() {
        for (int i = 0; i < 100; i++) {
            outgoing.add(List.of(to("https://h" + i % 5 + ".example/" + i, i)));
        }
        for (int i = 0; i < 5; i++) {
            outgoing.ended(outgoing.next().orElseThrow());
        }
        List<Delivery> late = outgoing.takeBack();
        Delivery fresh = to("https://fresh.example/", 200);
        outgoing.add(late);
        outgoing.add(List.of(fresh));

        assertThat(outgoing.next()).contains(fresh);
        assertThat(outgoing.next().orElseThrow().uri().getHost()).isEqualTo("h0.example");
        assertThat(outgoing.next().orElseThrow().uri().getHost()).isEqualTo("h1.example");
    }

    @Test
    void sendsNoMoreAtOnceThanThereIsRoomFor() {
        for (int i = 0; i < 4; i++) {
            outgoing.add(List.of(to("https://h" + i + ".example/", i)));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(outgoing.hasRoom()).isTrue();
            assertThat(outgoing.next()).isPresent();
        }
        assertThat(outgoing.hasRoom()).isFalse();
        assertThat(outgoing.next()).isEmpty();
    }

    @Test
    void givesBackThoseThatHaveNotBegun() {
        Delivery first = to("https://a.example/1", 1);
        Delivery second = to("https://a.example/2", 2);
        outgoing.add(List.of(first, second));
        assertThat(outgoing.next()).contains(first);

        assertThat(outgoing.takeBack()).containsExactly(second);
        assertThat(outgoing.takeBack()).isEmpty();
        assertThat(outgoing.next()).isEmpty();
    }
}
