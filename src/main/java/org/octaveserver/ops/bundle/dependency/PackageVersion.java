package org.octaveserver.ops.bundle.dependency;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a package or bundle, to be compared: by its dotted numbers, a missing one counting as 0; then what begins
 * with {@code -} or {@code ~} (a pre-release) comes before nothing, and anything else ({@code 2.1.0+}) after it.
 * Equality is that of the order: {@code 1.0} equals {@code 1.0.0}.
 *
 * @param text as it is written
 */
public record PackageVersion(String text) implements Comparable<PackageVersion> {
    private static final Pattern SHAPE = Pattern.compile("(?<numbers>[0-9]*(?:\\.[0-9]+)*)(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** Whether it comes before the version that has its numbers. */
    public boolean isPreRelease() {
        return rank(part("rest")) < 0;
    }

    private String part(String name) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches() ? matcher.group(name) : "";
    }

    @Override
    public int compareTo(PackageVersion other) {
        int byNumbers = compareParts(part("numbers"), other.part("numbers"), "0");
        if (byNumbers != 0) {
            return byNumbers;
        }
        String mine = part("rest");
        String theirs = other.part("rest");
        int byRank = Integer.compare(rank(mine), rank(theirs));
        return byRank != 0 ? byRank : compareParts(mine, theirs, "");
    }

    private static int rank(String rest) {
        if (rest.isEmpty()) {
            return 0;
        }
        return rest.startsWith("-") || rest.startsWith("~") ? -1 : 1;
    }

    private static int compareParts(String mine, String theirs, String missing) {
        String[] a = mine.split("\\.", -1);
        String[] b = theirs.split("\\.", -1);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = comparePart(i < a.length ? a[i] : missing, i < b.length ? b[i] : missing);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePart(String a, String b) {
        boolean numbers = NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches();
        return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackageVersion version && compareTo(version) == 0;
    }

    /** Of versions that equal each other, the same: their numbers without zeros at the end and the beginning. */
    @Override
    public int hashCode() {
        return part("numbers")
                .replaceAll("(?<=^|\\.)0+(?=[0-9])", "")
                .replaceAll("(?:\\.0)+$", "")
                .hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
