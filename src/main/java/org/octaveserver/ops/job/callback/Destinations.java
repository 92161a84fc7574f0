package org.octaveserver.ops.job.callback;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.settings.SettingsException;

/**
 * Where callbacks may go: looked at when a job is submitted, by name, and whenever one is sent, by the very addresses that are
 * connected to, so that a name which has a harmless address first and another one later leads nowhere. Immutable.
 */
public final class Destinations implements DnsResolver {
    private static final String NOBODY = "none";
    private static final String PUBLIC = "*";
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");
    private static final int LONGEST = 2000;

    private final List<String> names;
    private final List<AddressRange> ranges;
    private final boolean anyPublic;

    private Destinations(List<String> names, List<AddressRange> ranges, boolean anyPublic) {
        this.names = List.copyOf(names);
        this.ranges = List.copyOf(ranges);
        this.anyPublic = anyPublic;
    }

    /**
     * Those of the setting.
     *
     * @throws SettingsException naming each entry that is none
     */
    public static Destinations of(CallbackSettings settings) {
        List<String> names = new ArrayList<>();
        List<AddressRange> ranges = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean anyPublic = false;
        List<String> entries = settings.allowed().orElse(List.of(PUBLIC));
        for (String entry : entries) {
            String one = entry.strip().toLowerCase(Locale.ROOT);
            Optional<AddressRange> range = AddressRange.parse(one);
            anyPublic |= one.equals(PUBLIC);
            if (range.isPresent()) {
                ranges.add(range.get());
            } else if (NAME.matcher(one).matches() && !one.equals(NOBODY)) {
                names.add(one);
            } else if (!one.equals(PUBLIC) && (!one.equals(NOBODY) || entries.size() > 1)) {
                problems.add(
                        "ops.callbacks.allowed: \"" + one + "\" is no destination; expected a name (*.example.org),"
                                + " an address or a range (10.1.0.0/16), * for all with public addresses, or none alone");
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Destinations(names, ranges, anyPublic);
    }

    /**
     * Refuses what no callback may go to, as far as that can be told without asking for its addresses.
     *
     * @param member where the URI stands in the request, for the message
     * @throws OpsException INVALID_INPUT
     */
    public void check(URI uri, String member) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.toString().length() > LONGEST) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    member + " must be an absolute http or https URI with a host, without user name, of at most "
                            + LONGEST + " characters");
        }
        String host = bare(uri.getHost());
        boolean known = isNamed(host)
                || AddressRange.parse(host)
                        .map(range -> range.contains(address(host)) && allows(address(host)))
                        .orElse(anyPublic || !ranges.isEmpty());
        if (!known) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    member + ": callbacks may not go to " + host
                            + "; where they may says the server's setting ops.callbacks.allowed");
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal + " is no address", e);
        }
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String dotless = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return dotless.startsWith("[") ? dotless.substring(1, dotless.length() - 1) : dotless;
    }

    private boolean isNamed(String host) {
        return names.stream()
                .anyMatch(name -> name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name));
    }

    private boolean allows(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address))
                || (anyPublic && AddressRange.isPublic(address));
    }

    /** The addresses to connect to, of which each is allowed. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        String name = bare(host);
        for (InetAddress address : all) {
            if (!isNamed(name) && !allows(address)) {
                throw new UnknownHostException("callbacks may not go to " + host + ", which is "
                        + address.getHostAddress() + " (setting ops.callbacks.allowed)");
            }
        }
        return all;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
