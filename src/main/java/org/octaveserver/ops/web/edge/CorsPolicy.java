package org.octaveserver.ops.web.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.settings.SettingsException;

/** Which origins' web pages may use this server (MPS: {@code --cors-allowed-origins}). Immutable. */
public final class CorsPolicy {
    /** No page of another origin may. */
    public static final CorsPolicy OFF = new CorsPolicy(false, Set.of());

    private static final String SETTING = "ops.http.cors-allowed-origins";
    private static final String ANY = "*";
    private static final Pattern ORIGIN =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(?::(\\d{1,5}))?");

    private final boolean any;
    private final Set<String> origins;

    private CorsPolicy(boolean any, Set<String> origins) {
        this.any = any;
        this.origins = origins;
    }

    /**
     * The policy of the setting {@code ops.http.cors-allowed-origins}.
     *
     * @throws SettingsException naming each entry that is no origin
     */
    public static CorsPolicy of(Optional<List<String>> allowed) {
        List<String> entries = allowed.orElse(List.of());
        if (entries.equals(List.of(ANY))) {
            return new CorsPolicy(true, Set.of());
        }
        List<String> problems = new ArrayList<>();
        Set<String> origins = new TreeSet<>();
        for (String entry : entries) {
            normalized(entry)
                    .ifPresentOrElse(
                            origins::add,
                            () -> problems.add(SETTING + ": \"" + entry + "\" is no origin; expected scheme://host or"
                                    + " scheme://host:port without a path, or * alone for all"));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return entries.isEmpty() ? OFF : new CorsPolicy(false, origins);
    }

    /** As browsers write it: lower case, and without the port that the scheme has by default. */
    private static Optional<String> normalized(String origin) {
        Matcher matcher = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String site = matcher.group(1) + "://" + matcher.group(2);
        String port = matcher.group(3);
        if (port == null || isDefault(matcher.group(1), Integer.parseInt(port))) {
            return Optional.of(site);
        }
        return Integer.parseInt(port) > 65535 ? Optional.empty() : Optional.of(site + ":" + Integer.parseInt(port));
    }

    private static boolean isDefault(String scheme, int port) {
        return (scheme.equals("http") && port == 80) || (scheme.equals("https") && port == 443);
    }

    /** Whether any other origin is allowed at all. */
    public boolean isOn() {
        return any || !origins.isEmpty();
    }

    /** Whether every page of the world may use this server. */
    public boolean allowsAll() {
        return any;
    }

    /** Whether pages of an origin may, as an {@code Origin} header names it. */
    public boolean allows(String origin) {
        return any || normalized(origin).filter(origins::contains).isPresent();
    }

    /** Whether two texts name the same origin. */
    static boolean isSame(String origin, String other) {
        Optional<String> site = normalized(origin);
        return site.isPresent() && site.equals(normalized(other));
    }
}
