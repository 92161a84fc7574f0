package org.octaveserver.ops.bundle;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The version of a bundle: a semantic version, or the one to four dotted numbers that Octave packages use. Ordered by
 * the rules of semantic versions, a missing number counting as 0, and builds by their text. Numbers may begin with 0, as
 * packages have dates for versions. Equality is that of the order: {@code 1.0}, {@code 1.0.0} and {@code 01.0} are one version, however it is written; two builds are two.
 *
 * @param text such as {@code 2.2.3} or {@code 1.0.0-rc.1+linux}, at most 64 characters
 */
public record Version(String text) implements Comparable<Version> {
    private static final int MAX_LENGTH = 64;
    private static final int NUMBERS = 4;
    private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final Pattern SHAPE = Pattern.compile("(?<numbers>[0-9]+(?:\\.[0-9]+){0,3})(?:-(?<pre>" + IDENTIFIERS
            + "))?(?:\\+(?<build>" + IDENTIFIERS + "))?");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<=^|\\.)0+(?=[0-9]+(?:\\.|$))");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+");

    /** What a plain folder has that names no version. Below the patterns, which its constructor needs. */
    public static final Version NONE = new Version("0.0.0");

    /**
     * Checks the version.
     *
     * @throws OpsException INVALID_BUNDLE when it is not allowed
     */
    public Version {
        if (!isAllowed(text)) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "the version " + Quoted.text(text)
                            + " is not allowed; a version is 1 to 4 numbers with dots between, then if wanted \"-\" and a"
                            + " pre-release, \"+\" and a build, at most " + MAX_LENGTH
                            + " characters, as in 1.2.3-rc.1");
        }
    }

    /** The version in a text, or nothing when it is none. */
    static Optional<Version> parse(String text) {
        return isAllowed(text) ? Optional.of(new Version(text)) : Optional.empty();
    }

    private static boolean isAllowed(String text) {
        return text.length() <= MAX_LENGTH && SHAPE.matcher(text).matches();
    }

    private static String part(Matcher matcher, String name) {
        String part = matcher.group(name);
        return part == null ? "" : part;
    }

    @Override
    public int compareTo(Version other) {
        Matcher mine = matched();
        Matcher theirs = other.matched();
        int byNumbers = compareNumbers(
                mine.group("numbers").split("\\.", -1), theirs.group("numbers").split("\\.", -1));
        if (byNumbers != 0) {
            return byNumbers;
        }
        int byPreRelease = comparePreReleases(mine, theirs);
        return byPreRelease != 0 ? byPreRelease : part(mine, "build").compareTo(part(theirs, "build"));
    }

    /** Whether it has a pre-release part, as {@code 1.0.0-rc.1}. */
    boolean isPreRelease() {
        return matched().group("pre") != null;
    }

    /** Whether these are its first numbers. */
    boolean startsWith(List<BigInteger> numbers) {
        String[] mine = matched().group("numbers").split("\\.", -1);
        return IntStream.range(0, numbers.size()).allMatch(i -> number(mine, i).equals(numbers.get(i)));
    }

    private Matcher matched() {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a version: " + text);
        }
        return matcher;
    }

    private static int compareNumbers(String[] mine, String[] theirs) {
        for (int i = 0; i < NUMBERS; i++) {
            int order = number(mine, i).compareTo(number(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger number(String[] numbers, int index) {
        return index < numbers.length ? new BigInteger(numbers[index]) : BigInteger.ZERO;
    }

    /** A version without a pre-release follows every one with it. */
    private static int comparePreReleases(Matcher mine, Matcher theirs) {
        String left = mine.group("pre");
        String right = theirs.group("pre");
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        String[] a = left.split("\\.", -1);
        String[] b = right.split("\\.", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = compareIdentifiers(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    /** Numbers by value and before words; words by their characters. */
    private static int compareIdentifiers(String a, String b) {
        boolean numericA = NUMERIC.matcher(a).matches();
        boolean numericB = NUMERIC.matcher(b).matches();
        if (numericA && numericB) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return numericA == numericB ? a.compareTo(b) : Boolean.compare(numericB, numericA);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    /** Of versions that equal each other, the same: without the zeros that mean nothing. */
    @Override
    public int hashCode() {
        Matcher mine = matched();
        String numbers = withoutLeadingZeros(mine.group("numbers")).replaceAll("(?:\\.0)+$", "");
        return Objects.hash(numbers, withoutLeadingZeros(part(mine, "pre")), part(mine, "build"));
    }

    private static String withoutLeadingZeros(String identifiers) {
        return LEADING_ZEROS.matcher(identifiers).replaceAll("");
    }

    @Override
    public String toString() {
        return text;
    }
}
