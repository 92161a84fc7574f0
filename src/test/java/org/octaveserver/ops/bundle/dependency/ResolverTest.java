package org.octaveserver.ops.bundle.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.bundle.dependency.Candidate.Origin;

class ResolverTest {
    private final List<Candidate> known = new ArrayList<>();

    private static Candidate candidate(Origin origin, String name, String version, String... depends) {
        List<Constraint> constraints = Arrays.stream(depends)
                .map(text -> Constraint.parse(text).orElseThrow())
                .toList();
        return new Candidate(name, new PackageVersion(version), origin, constraints);
    }

    private ResolverTest bundle(String name, String version, String... depends) {
        known.add(candidate(Origin.BUNDLE, name, version, depends));
        return this;
    }

    private ResolverTest runtime(String name, String version, String... depends) {
        known.add(candidate(Origin.RUNTIME, name, version, depends));
        return this;
    }

    private List<String> resolve(String... depends) throws UnsatisfiedException {
        return new Resolver(known, "7.3.0")
                .resolve(candidate(Origin.BUNDLE, "a", "1.0.0", depends)).stream()
                        .map(found -> found.described() + (found.origin() == Origin.RUNTIME ? " (runtime)" : ""))
                        .toList();
    }

    private void refuses(String message, String... depends) {
        assertThatThrownBy(() -> resolve(depends))
                .isInstanceOf(UnsatisfiedException.class)
                .hasMessage(message);
    }

    @Test
    void takesTheHighestVersionThatFits() throws UnsatisfiedException {
        bundle("b", "1.9").bundle("b", "1.10").bundle("b", "2.0");
        assertThat(resolve("b")).containsExactly("b 2.0");
        assertThat(resolve("b (< 2)")).containsExactly("b 1.10");
        assertThat(resolve("b (>= 1) (< 1.10)")).containsExactly("b 1.9");
        assertThat(resolve("b (>= 1)", "b (<= 1.9.0)")).containsExactly("b 1.9");
    }

    @Test
    void takesADeployedBundleBeforeAHigherPackageOfTheRuntime() throws UnsatisfiedException {
        runtime("b", "3.0").bundle("b", "2.0");
        assertThat(resolve("b")).containsExactly("b 2.0");
        assertThat(resolve("b (> 2)")).containsExactly("b 3.0 (runtime)");
    }

    @Test
    void takesAPreReleaseOnlyWhereNoReleaseFits() throws UnsatisfiedException {
        bundle("b", "2.0-rc.1").bundle("b", "1.0");
        assertThat(resolve("b")).containsExactly("b 1.0");
        assertThat(resolve("b (> 1)")).containsExactly("b 2.0-rc.1");
    }

    @Test
    void putsEachBeforeWhatItDependsOn() throws UnsatisfiedException {
        runtime("optim", "1.6", "octave (>= 4)", "struct", "statistics (>= 1.4)")
                .runtime("statistics", "1.5", "io")
                .runtime("struct", "1.0")
                .runtime("io", "2.6");
        assertThat(resolve("io", "optim"))
                .containsExactly(
                        "optim 1.6 (runtime)", "struct 1.0 (runtime)", "statistics 1.5 (runtime)", "io 2.6 (runtime)");
    }

    @Test
    void takesALowerVersionWhereTheHighestDoesNotGoWithTheRest() throws UnsatisfiedException {
        bundle("b", "2", "d (>= 2)")
                .bundle("b", "1", "d")
                .bundle("c", "1", "d (< 2)")
                .bundle("d", "1")
                .bundle("d", "2");
        assertThat(resolve("b", "c")).containsExactly("b 1", "c 1", "d 1");
    }

    @Test
    void refusesTwoVersionsOfOneNameWithBothChains() {
        bundle("b", "1", "d (>= 2)")
                .bundle("c", "1", "d (< 2)")
                .bundle("d", "1")
                .bundle("d", "2");
        refuses(
                "two versions of d would be needed at once: a 1.0.0 -> b -> d (>= 2) and a 1.0.0 -> c -> d (< 2);"
                        + " 2 fits the first only",
                "b",
                "c");
    }

    @Test
    void refusesACircleWithItsChain() {
        bundle("b", "2.1", "c").bundle("c", "1", "a");
        refuses("the dependencies go round in a circle: a 1.0.0 -> b (>= 2) -> c -> a", "b (>= 2)");
        refuses("the dependencies go round in a circle: a 1.0.0 -> a (< 1)", "a (< 1)");
    }

    @Test
    void refusesWhatIsMissingWithItsChain() {
        bundle("b", "2.1", "c (>= 3)").runtime("c", "1");
        refuses("a 1.0.0 -> b -> c (>= 3): of c there is only 1 (runtime)", "b");
        refuses("a 1.0.0 -> x: no bundle x is deployed, and the runtime has no such package", "x");
    }

    @Test
    void comparesTheRuntimeItself() throws UnsatisfiedException {
        assertThat(resolve("octave (>= 7)", "Octave (< 8)")).isEmpty();
        bundle("b", "1", "octave (>= 9)");
        refuses("a 1.0.0 -> b -> octave (>= 9): the runtime is Octave 7.3.0", "b");
    }

    @Test
    void namesAreThoseOfPkgWhateverTheirCase() throws UnsatisfiedException {
        bundle("NaN", "1.0");
        assertThat(resolve("nan")).containsExactly("NaN 1.0");
    }

    @Test
    void givesUpWhatHasTooManyCombinations() {
        String[] names = IntStream.range(0, 12).mapToObj(i -> "p" + i).toArray(String[]::new);
        for (String name : names) {
            for (int version = 1; version < 10; version++) {
                bundle(name, version + ".0");
            }
        }
        bundle("last", "1", "octave (>= 99)");
        List<String> depends = new ArrayList<>(Arrays.asList(names));
        depends.add("last");
        assertThatThrownBy(() -> resolve(depends.toArray(String[]::new))).hasMessageContaining("octave (>= 99)");
    }
}
