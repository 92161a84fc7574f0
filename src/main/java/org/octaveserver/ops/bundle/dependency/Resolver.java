package org.octaveserver.ops.bundle.dependency;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the versions that serve a bundle: of each name exactly one in its whole closure. Bundles come before packages
 * of the runtime, releases before pre-releases, higher versions before lower ones; a lower one is taken where the
 * highest does not go together with the rest. Immutable; reads nothing but what it is given.
 */
public final class Resolver {
    /** Choices that are tried before it is given up: far more than any honest bundle needs. */
    private static final int MOST_STEPS = 20_000;

    private static final Comparator<Candidate> PREFERENCE = Comparator.comparing(Candidate::origin)
            .thenComparing(candidate -> candidate.version().isPreRelease())
            .thenComparing(Candidate::version, Comparator.reverseOrder());

    private final Map<String, List<Candidate>> candidates;
    private final PackageVersion octave;

    /**
     * A resolver.
     *
     * @param candidates all there are; in no order
     * @param octave the version of the runtime
     */
    public Resolver(List<Candidate> candidates, String octave) {
        this.candidates = candidates.stream().sorted(PREFERENCE).collect(Collectors.groupingBy(Candidate::key));
        this.octave = new PackageVersion(octave);
    }

    /** A constraint, and who needs it. */
    private record Need(List<Candidate> chain, List<Constraint> steps, Constraint constraint) {
        /** {@code a 1.0.0 -> b (>= 2) -> c}. */
        String path() {
            StringBuilder path = new StringBuilder(chain.get(0).described());
            steps.forEach(step -> path.append(" -> ").append(step));
            return path.append(" -> ").append(constraint).toString();
        }
    }

    /** One attempt: what was tried, and the first reason why that was nothing. */
    private static final class Search {
        private final Map<String, Need> reasons = new LinkedHashMap<>();
        private Optional<String> failure = Optional.empty();
        private int steps;

        void fail(String why) {
            failure = failure.or(() -> Optional.of(why));
        }
    }

    /**
     * Resolves the dependencies of a bundle.
     *
     * @param root the bundle
     * @return all that it needs, directly or not, in the order of Octave's path: each before what it depends on
     */
    public List<Candidate> resolve(Candidate root) throws UnsatisfiedException {
        Search search = new Search();
        Map<String, Candidate> chosen = new LinkedHashMap<>();
        List<Need> open = needs(root, List.of(), List.of());
        Optional<Map<String, Candidate>> found = solve(open, chosen, search);
        if (found.isEmpty()) {
            throw new UnsatisfiedException(search.failure.orElse("the dependencies of " + root.described()
                    + " have more combinations than are tried; name versions more narrowly"));
        }
        return ordered(root, found.get());
    }

    private static List<Need> needs(Candidate of, List<Candidate> before, List<Constraint> steps) {
        List<Candidate> chain = new ArrayList<>(before);
        chain.add(of);
        return of.depends().stream()
                .map(constraint -> new Need(chain, steps, constraint))
                .toList();
    }

    private Optional<Map<String, Candidate>> solve(List<Need> open, Map<String, Candidate> chosen, Search search) {
        for (int i = 0; i < open.size(); i++) {
            Need need = open.get(i);
            Constraint constraint = need.constraint();
            if (!constraint.isOctave() && !chosen.containsKey(constraint.name()) && !isCircle(need)) {
                return choose(need, open.subList(i + 1, open.size()), chosen, search);
            }
            if (!isMet(need, chosen, search)) {
                return Optional.empty();
            }
        }
        return Optional.of(chosen);
    }

    private static boolean isCircle(Need need) {
        String name = need.constraint().name();
        return need.chain().stream().anyMatch(link -> link.key().equals(name));
    }

    /** Of a need for which nothing is left to choose. */
    private boolean isMet(Need need, Map<String, Candidate> chosen, Search search) {
        if (need.constraint().isOctave()) {
            return octaveFits(need, search);
        }
        if (isCircle(need)) {
            search.fail("the dependencies go round in a circle: " + need.path());
            return false;
        }
        Candidate present = requireNonNull(chosen.get(need.constraint().name()));
        if (!need.constraint().admits(present.version())) {
            search.fail(conflict(need, present, search));
            return false;
        }
        return true;
    }

    private Optional<Map<String, Candidate>> choose(
            Need need, List<Need> rest, Map<String, Candidate> chosen, Search search) {
        String name = need.constraint().name();
        List<Candidate> known = candidates.getOrDefault(name, List.of());
        List<Candidate> fitting = known.stream()
                .filter(candidate -> need.constraint().admits(candidate.version()))
                .toList();
        if (fitting.isEmpty()) {
            search.fail(missing(need, known));
        }
        for (Candidate candidate : fitting) {
            search.steps++;
            if (search.steps > MOST_STEPS) {
                return Optional.empty();
            }
            Map<String, Candidate> more = new LinkedHashMap<>(chosen);
            more.put(name, candidate);
            search.reasons.put(name, need);
            List<Constraint> steps = new ArrayList<>(need.steps());
            steps.add(need.constraint());
            // What is needed nearer to the root is chosen first, so that messages show the shortest chains.
            List<Need> open = new ArrayList<>(rest);
            open.addAll(needs(candidate, need.chain(), steps));
            Optional<Map<String, Candidate>> found = solve(open, more, search);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean octaveFits(Need need, Search search) {
        boolean fits = need.constraint().admits(octave);
        if (!fits) {
            search.fail(need.path() + ": the runtime is Octave " + octave);
        }
        return fits;
    }

    private static String conflict(Need need, Candidate present, Search search) {
        Need first = search.reasons.getOrDefault(need.constraint().name(), need);
        return "two versions of " + present.name() + " would be needed at once: " + first.path() + " and " + need.path()
                + "; " + present.version() + " fits the first only";
    }

    private static String missing(Need need, List<Candidate> known) {
        String name = need.constraint().name();
        if (known.isEmpty()) {
            return need.path() + ": no bundle " + name + " is deployed, and the runtime has no such package";
        }
        return need.path() + ": "
                + known.stream()
                        .map(candidate -> candidate.version()
                                + (candidate.origin() == Candidate.Origin.BUNDLE ? " (deployed)" : " (runtime)"))
                        .collect(Collectors.joining(", ", "of " + name + " there is only ", ""));
    }

    /** Each before what it depends on, and otherwise as they are named. */
    private static List<Candidate> ordered(Candidate root, Map<String, Candidate> chosen) {
        Set<Candidate> done = new LinkedHashSet<>();
        visit(root, chosen, done);
        List<Candidate> order = new ArrayList<>(done);
        order.remove(root);
        Collections.reverse(order);
        return List.copyOf(order);
    }

    /** Adds what it depends on before itself; no circle is left to be afraid of. */
    private static void visit(Candidate candidate, Map<String, Candidate> chosen, Set<Candidate> done) {
        if (done.contains(candidate)) {
            return;
        }
        List<Constraint> depends = candidate.depends();
        for (int i = depends.size() - 1; i >= 0; i--) {
            Candidate next = chosen.get(depends.get(i).name());
            if (next != null) {
                visit(next, chosen, done);
            }
        }
        done.add(candidate);
    }
}
