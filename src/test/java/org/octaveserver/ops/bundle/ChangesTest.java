package org.octaveserver.ops.bundle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.SomeVersions.bundle;
import static org.octaveserver.ops.bundle.SomeVersions.stored;
import static org.octaveserver.ops.bundle.SomeVersions.version;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.bundle.Change.Deploy;
import org.octaveserver.ops.bundle.Change.MakeDefault;
import org.octaveserver.ops.bundle.Change.Retire;
import org.octaveserver.ops.bundle.Change.RollBack;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class ChangesTest {
    private static final int KEPT = 3;

    private final Map<String, DeployedBundle> base =
            Map.of("x", bundle("x", "2.0", "1.0", "1.1"), "y", bundle("y", "1.0"));

    private static Map<String, DeployedBundle> apply(Map<String, DeployedBundle> before, Change... changes) {
        return new Changes(List.of(changes), KEPT).apply(before);
    }

    private static Deploy deploy(String name, String version, boolean asDefault) {
        return new Deploy(DeployedVersion.of(version(name, version)), asDefault, DeployMode.UPGRADE);
    }

    private static Deploy deploy(DeployMode mode, BundleVersion version) {
        return new Deploy(DeployedVersion.of(version), true, mode);
    }

    /** What there is, as {@code x: 1.0 (default)}. */
    private static List<String> told(Map<String, DeployedBundle> bundles) {
        return new TreeMap<>(bundles)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue().listed())
                        .toList();
    }

    private static void refuses(Map<String, DeployedBundle> before, ErrorCode code, String message, Change... changes) {
        assertThatThrownBy(() -> apply(before, changes))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void areMadeInTheirOrder() {
        assertThat(told(apply(
                        base,
                        deploy("x", "3.0", false),
                        deploy("z", "1.0", false),
                        new MakeDefault("x", "3.0"),
                        new Retire("x", Optional.of("2.0")),
                        new Retire("y", Optional.empty()))))
                .containsExactly("x: 1.0, 1.1, 3.0 (default)", "z: 1.0");
    }

    @Test
    void doNothingWhenThereAreNone() {
        assertThat(apply(base)).isEqualTo(base);
    }

    @Test
    void areRefusedWholeAndEveryRefusalIsNamed() {
        assertThatThrownBy(() -> apply(
                        base,
                        deploy("z", "1.0", true),
                        new Retire("nothing", Optional.empty()),
                        new MakeDefault("x", "9"),
                        deploy(DeployMode.UPGRADE, version("y", "1.0", "other"))))
                .hasMessageStartingWith("3 parts of the request are refused, so nothing has changed")
                .hasMessageContaining("no bundle \"nothing\" is deployed; deployed are x, y, z")
                .hasMessageContaining("bundle \"x\" has no version \"9\"; it has 1.0, 1.1, 2.0 (default)")
                .hasMessageContaining("y 1.0 is deployed with digest")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_NOT_FOUND));
    }

    @Nested
    class Deploying {
        @Test
        void addsAVersionBesideTheOthers() {
            assertThat(told(apply(base, deploy("x", "1.5", true))))
                    .containsExactly("x: 1.0, 1.1, 1.5 (default), 2.0", "y: 1.0");
            assertThat(told(apply(base, deploy("x", "2.5", false))))
                    .containsExactly("x: 1.0, 1.1, 2.0 (default), 2.5", "y: 1.0");
        }

        @Test
        void makesANewBundlesOnlyVersionItsDefault() {
            assertThat(apply(Map.of(), deploy("x", "1.0", false))).isEqualTo(Map.of("x", bundle("x", "1.0")));
        }

        @Test
        void keepsTheDefaultWhenItsContentIsReplaced() {
            BundleVersion other = version("x", "1.0", "other");
            DeployedBundle after =
                    requireNonNull(apply(base, new Deploy(DeployedVersion.of(other), false, DeployMode.REPLACE))
                            .get("x"));
            assertThat(after.listed()).isEqualTo("1.0, 1.1, 2.0 (default)");
            assertThat(after.exactly("1.0")).map(DeployedVersion::version).contains(other);
        }

        @Test
        void refusesOtherContentOfAVersionThatIsWrittenOtherwise() {
            for (String written : List.of("1", "1.0.0", "1.0.0.0")) {
                refuses(
                        base,
                        ErrorCode.VERSION_CONFLICT,
                        "x " + written + " is 1.0, which is deployed with digest",
                        deploy("x", written, true));
            }
        }

        @Test
        void refusesOtherContentWithinOneRequestToo() {
            refuses(
                    base,
                    ErrorCode.VERSION_CONFLICT,
                    "z 1.0 is deployed with digest",
                    deploy("z", "1.0", true),
                    deploy(DeployMode.UPGRADE, version("z", "1.0", "other")));
        }

        @Test
        void addsOnlyANewBundleWhenAskedTo() {
            refuses(
                    base,
                    ErrorCode.BUNDLE_EXISTS,
                    "a bundle \"x\" is deployed already, in version 1.0, 1.1, 2.0 (default)",
                    deploy(DeployMode.ADD, version("x", "3.0")));
            refuses(base, ErrorCode.BUNDLE_EXISTS, "\"x\"", deploy(DeployMode.ADD, version("x", "2.0")));
            assertThat(apply(base, deploy(DeployMode.ADD, version("y", "1.0")))).isEqualTo(base);
        }

        @Test
        void putsOneInThePlaceOfAllWhenAskedTo() {
            assertThat(told(apply(base, deploy(DeployMode.REPLACE_ALL, version("x", "0.1")))))
                    .containsExactly("x: 0.1", "y: 1.0");
        }

        @Test
        void retiresWhatWasStoredLongestAgoWhenThereAreTooMany() {
            DeployedBundle crowded = DeployedBundle.of(DeployedVersion.of(stored("x", "1.0", "", Instant.EPOCH)));
            for (int i = 1; i <= 5; i++) {
                Instant time = Instant.EPOCH.plusSeconds(100 - i);
                crowded = crowded.with(DeployedVersion.of(stored("x", "1." + i, "", time)), false);
            }
            assertThat(told(apply(Map.of("x", crowded), deploy("x", "0.9", false))))
                    .containsExactly("x: 0.9, 1.0 (default), 1.1, 1.2");
            assertThat(told(apply(Map.of("x", crowded), new MakeDefault("x", "1.3"))))
                    .as("only deploying makes too many")
                    .containsExactly("x: 1.0, 1.1, 1.2, 1.3 (default), 1.4, 1.5");
        }
    }

    @Nested
    class Retiring {
        @Test
        void takesAVersionOrAllOfThem() {
            assertThat(told(apply(base, new Retire("x", Optional.of("1.0")))))
                    .containsExactly("x: 1.1, 2.0 (default)", "y: 1.0");
            assertThat(apply(base, new Retire("x", Optional.empty()))).containsOnlyKeys("y");
            assertThat(apply(base, new Retire("y", Optional.of("1.0")))).containsOnlyKeys("x");
        }

        @Test
        void refusesTheDefaultWhileThereAreOthers() {
            refuses(
                    base,
                    ErrorCode.VERSION_CONFLICT,
                    "x@2.0 is the default version; make another one the default first (1.0, 1.1, 2.0 (default))",
                    new Retire("x", Optional.of("2.0")));
        }

        @Test
        void needsAnExactVersion() {
            refuses(base, ErrorCode.BUNDLE_NOT_FOUND, "has no version \"1\"", new Retire("x", Optional.of("1")));
        }
    }

    @Nested
    class WhatOthersDependOn {
        private final DeployedVersion dependent = new DeployedVersion(
                version("app", "1.0"), Optional.empty(), Map.of("x", "1.0", "fromRuntime", "runtime:7"));
        private final Map<String, DeployedBundle> pinned = withDependent();

        private Map<String, DeployedBundle> withDependent() {
            Map<String, DeployedBundle> bundles = new TreeMap<>(base);
            bundles.put("app", DeployedBundle.of(dependent));
            return bundles;
        }

        @Test
        void isNotRetired() {
            refuses(
                    pinned,
                    ErrorCode.VERSION_PINNED,
                    "x@1.0 cannot be retired: app@1.0 depends on it",
                    new Retire("x", Optional.of("1.0")));
            refuses(pinned, ErrorCode.VERSION_PINNED, "x@1.0", new Retire("x", Optional.empty()));
            assertThat(apply(pinned, new Retire("x", Optional.of("1.1")))).isNotEqualTo(pinned);
        }

        @Test
        void isFoundWhenItIsWrittenOtherwise() {
            Deploy other = new Deploy(DeployedVersion.of(version("x", "1.0.0", "other")), false, DeployMode.REPLACE);
            assertThat(told(apply(pinned, other))).contains("x: 1.0.0, 1.1, 2.0 (default)");
            refuses(
                    apply(pinned, other),
                    ErrorCode.VERSION_PINNED,
                    "x@1.0 cannot be retired: app@1.0 depends on it",
                    new Retire("x", Optional.of("1.0.0")));
        }

        @Test
        void comesBackOnlyWithWhatItIsPinnedTo() {
            Release old = new Release(3, 2, Instant.EPOCH, "ann", "", OptionalLong.empty(), pinned);
            Map<String, DeployedBundle> now = Map.of("x", bundle("x", "2.0"));
            refuses(
                    now,
                    ErrorCode.DEPENDENCY_UNSATISFIED,
                    "app@1.0 depends on x@1.0, which would not be deployed",
                    new RollBack(old, Optional.of("app")));
            assertThat(told(apply(now, new RollBack(old, Optional.of("app")), new RollBack(old, Optional.of("x")))))
                    .contains("app: 1.0");
        }

        @Test
        void mayGoTogetherWithThem() {
            assertThat(told(apply(pinned, new Retire("x", Optional.empty()), new Retire("app", Optional.empty()))))
                    .containsExactly("y: 1.0");
        }

        @Test
        void staysWhenAllIsReplacedOrThereAreTooMany() {
            assertThat(told(apply(pinned, deploy(DeployMode.REPLACE_ALL, version("x", "5.0")))))
                    .contains("x: 1.0, 5.0 (default)");
            Map<String, DeployedBundle> bounded = new Changes(List.of(deploy("x", "5.0", true)), 1).apply(pinned);
            assertThat(told(bounded)).contains("x: 1.0, 5.0 (default)");
        }
    }

    @Nested
    class RollingBack {
        private final Release old = new Release(
                3,
                2,
                Instant.EPOCH,
                "ann",
                "",
                OptionalLong.empty(),
                Map.of("x", bundle("x", "1.0"), "gone", bundle("gone", "1.0")));

        @Test
        void takesTheWholeContent() {
            RollBack back = new RollBack(old, Optional.empty());
            assertThat(apply(base, back)).isEqualTo(old.bundles());
            assertThat(ReleaseRequest.activated(List.of(back))).hasValue(3);
            assertThat(ReleaseRequest.activated(List.of(back, back))).isEmpty();
        }

        @Test
        void takesOneBundle() {
            RollBack back = new RollBack(old, Optional.of("x"));
            assertThat(told(apply(base, back))).containsExactly("x: 1.0", "y: 1.0");
            assertThat(ReleaseRequest.activated(List.of(back))).isEmpty();
            refuses(
                    base,
                    ErrorCode.BUNDLE_NOT_FOUND,
                    "release 3 has no bundle \"y\"",
                    new RollBack(old, Optional.of("y")));
        }
    }
}
