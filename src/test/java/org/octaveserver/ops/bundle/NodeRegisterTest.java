package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRegisterTest {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    @TempDir
    Path root;

    private NodeRegister one;
    private NodeRegister two;

    @BeforeEach
    void open() {
        one = new NodeRegister(new BundleDirectories(root), SILENCE);
        two = new NodeRegister(new BundleDirectories(root), SILENCE);
    }

    @Test
    void tellsOthersWhatANodeUses() throws IOException {
        Instant now = one.announce(3, new Uses(Set.of("a@1.0-0", "b@1.0-0"), Set.of()));
        assertThat(one.others(now).versions()).isEmpty();
        assertThat(two.others(now).versions()).containsExactlyInAnyOrder("a@1.0-0", "b@1.0-0");
        one.announce(4, new Uses(Set.of("c@1.0-0"), Set.of(2L)));
        assertThat(two.others(now)).isEqualTo(new Uses(Set.of("c@1.0-0"), Set.of(2L)));
        one.leave();
        assertThat(two.others(now).versions()).isEmpty();
        assertThat(FileTrees.list(root.resolve("nodes"))).isEmpty();
    }

    @Test
    void forgetsANodeThatIsSilent() throws IOException {
        one.announce(3, new Uses(Set.of("a@1.0-0"), Set.of()));
        Path file = FileTrees.list(root.resolve("nodes")).get(0);
        Instant now = two.announce(3, new Uses(Set.of(), Set.of()));
        Files.setLastModifiedTime(file, FileTime.from(now.minus(SILENCE)));
        assertThat(two.others(now).versions()).containsExactly("a@1.0-0");
        Files.setLastModifiedTime(file, FileTime.from(now.minus(SILENCE).minusMillis(1)));
        assertThat(two.others(now).versions()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void passesOverWhatIsBeingWritten() throws IOException {
        Instant now = one.announce(3, new Uses(Set.of(), Set.of()));
        Path unfinished = Files.writeString(root.resolve("nodes/two.new"), "{");
        assertThat(one.others(now).versions()).isEmpty();
        Files.setLastModifiedTime(unfinished, FileTime.from(Instant.EPOCH));
        one.others(now);
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void aNodeOfBeforeThatTellsOfNoReleasesUsesNone() throws IOException {
        Instant now = one.announce(3, new Uses(Set.of(), Set.of()));
        Files.writeString(
                root.resolve("nodes/earlier.json"), "{\"format\":1,\"release\":2,\"versions\":[\"a@1.0-0\"]}");
        assertThat(one.others(now)).isEqualTo(new Uses(Set.of("a@1.0-0"), Set.of()));
    }

    @Test
    void failsWhenNobodyKnowsWhatALiveNodeUses() throws IOException {
        Instant now = one.announce(3, new Uses(Set.of(), Set.of()));
        Files.writeString(root.resolve("nodes/later.json"), "{\"format\":2}");
        assertThatThrownBy(() -> one.others(now)).isInstanceOf(IOException.class);
    }
}
