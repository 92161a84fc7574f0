package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.octaveserver.ops.bundle.SomeVersions.version;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReleaseDiffTest {
    private static final Map<String, String> NO_PINS = Map.of();

    private static Release release(DeployedVersion... defaults) {
        Map<String, DeployedBundle> bundles = Arrays.stream(defaults)
                .map(DeployedBundle::of)
                .collect(Collectors.toMap(
                        bundle -> bundle.byDefault().version().name().text(), Function.identity()));
        return new Release(1, 0, Instant.EPOCH, "", "", OptionalLong.empty(), bundles);
    }

    private static DeployedVersion deployed(String content, String runtime, Map<String, String> pins) {
        return new DeployedVersion(version("x", "1.0", content), Optional.of(runtime), pins);
    }

    private static ReleaseDiff.BundleDiff only(DeployedVersion before, DeployedVersion after) {
        List<ReleaseDiff.BundleDiff> all =
                ReleaseDiff.between(release(before), release(after)).bundles();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void tellsVersionsThatCameAndWent() {
        List<ReleaseDiff.BundleDiff> all = ReleaseDiff.between(
                        release(
                                DeployedVersion.of(version("a", "1.0")),
                                DeployedVersion.of(version("c", "1.0")),
                                DeployedVersion.of(version("same", "1.0"))),
                        release(
                                DeployedVersion.of(version("a", "2.0")),
                                DeployedVersion.of(version("b", "1.0")),
                                DeployedVersion.of(version("same", "1.0"))))
                .bundles();
        assertThat(all).extracting(ReleaseDiff.BundleDiff::name).containsExactly("a", "b", "c");
        assertThat(all)
                .extracting(ReleaseDiff.BundleDiff::added)
                .containsExactly(List.of("2.0"), List.of("1.0"), List.of());
        assertThat(all)
                .extracting(ReleaseDiff.BundleDiff::removed)
                .containsExactly(List.of("1.0"), List.of(), List.of("1.0"));
        assertThat(all)
                .extracting(ReleaseDiff.BundleDiff::defaultAfter)
                .containsExactly(Optional.of("2.0"), Optional.of("1.0"), Optional.empty());
    }

    @Test
    void tellsOtherContentApartFromAnotherRuntimeAndOtherPins() {
        DeployedVersion before = deployed("", "default", Map.of("lib", "1.0", "gone", "2.0"));

        ReleaseDiff.BundleDiff changed = only(before, deployed("new", "default", before.pins()));
        assertThat(changed.changed()).containsExactly("1.0");
        assertThat(changed.moved()).isEmpty();
        assertThat(changed.repinned()).isEmpty();

        ReleaseDiff.BundleDiff moved = only(before, deployed("", "octave-9", before.pins()));
        assertThat(moved.changed()).isEmpty();
        assertThat(moved.moved())
                .containsExactly(new ReleaseDiff.Move("1.0", Optional.of("default"), Optional.of("octave-9")));

        ReleaseDiff.BundleDiff repinned = only(before, deployed("", "default", Map.of("lib", "1.1", "more", "3.0")));
        assertThat(repinned.changed()).isEmpty();
        assertThat(repinned.repinned())
                .containsExactly(
                        new ReleaseDiff.Repin("1.0", "gone", Optional.of("2.0"), Optional.empty()),
                        new ReleaseDiff.Repin("1.0", "lib", Optional.of("1.0"), Optional.of("1.1")),
                        new ReleaseDiff.Repin("1.0", "more", Optional.empty(), Optional.of("3.0")));
    }

    @Test
    void tellsNothingOfWhatIsTheSame() {
        Release one = release(deployed("", "default", NO_PINS));
        assertThat(ReleaseDiff.between(one, one).bundles()).isEmpty();
    }
}
