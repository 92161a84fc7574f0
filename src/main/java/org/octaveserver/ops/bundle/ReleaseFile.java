package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The {@code release.json} of a release. A bundle has a list of versions there, of which exactly one is the default;
 * for now the list has one element.
 */
record ReleaseFile(
        int format,
        long number,
        long previous,
        String created,
        String by,
        String reason,
        Map<String, List<VersionEntry>> bundles) {
    static final String NAME = "release.json";
    private static final int FORMAT = 1;

    /**
     * One version in a release.
     *
     * @param directory relative to the {@code bundles} directory, with {@code /}
     */
    record VersionEntry(
            String version,
            String digest,
            String directory,
            @JsonProperty("default") boolean isDefault) {}

    static void write(Path directory, Path root, Release release) throws IOException {
        Map<String, List<VersionEntry>> bundles = new TreeMap<>();
        release.bundles()
                .forEach((name, version) -> bundles.put(
                        name,
                        List.of(new VersionEntry(
                                version.version().text(),
                                version.digest(),
                                root.relativize(version.directory()).toString().replace('\\', '/'),
                                true))));
        StrictJson.write(
                directory.resolve(NAME),
                new ReleaseFile(
                        FORMAT,
                        release.number(),
                        release.previous(),
                        release.created().toString(),
                        release.by(),
                        release.reason(),
                        bundles));
    }

    /**
     * Reads a release; any fault of the file is an IOException.
     *
     * @param load loads the version in a directory of the store
     */
    static Release read(Path directory, Path root, Function<Path, BundleVersion> load) throws IOException {
        Path path = directory.resolve(NAME);
        ReleaseFile file = StrictJson.read(path, ReleaseFile.class);
        if (file.format != FORMAT) {
            throw new IOException(path + " has format " + file.format + "; this OPS reads format " + FORMAT);
        }
        if (!directory.getFileName().toString().equals(Long.toString(file.number))) {
            throw new IOException(path + " is of release " + file.number);
        }
        Map<String, BundleVersion> bundles = new TreeMap<>();
        for (Map.Entry<String, List<VersionEntry>> bundle : file.bundles.entrySet()) {
            VersionEntry entry = bundle.getValue().stream()
                    .filter(VersionEntry::isDefault)
                    .findFirst()
                    .orElseThrow(() -> new IOException(path + " gives no default version of " + bundle.getKey()));
            bundles.put(bundle.getKey(), load(path, bundle.getKey(), entry, root, load));
        }
        return new Release(file.number, file.previous, instant(path, file.created), file.by, file.reason, bundles);
    }

    private static BundleVersion load(
            Path path, String name, VersionEntry entry, Path root, Function<Path, BundleVersion> load)
            throws IOException {
        Path directory = root.resolve(entry.directory).normalize();
        if (!directory.startsWith(root)) {
            throw new IOException(path + " names " + entry.directory + ", which is outside of " + root);
        }
        BundleVersion version = load.apply(directory);
        boolean same = version.name().text().equals(name)
                && version.version().text().equals(entry.version)
                && version.digest().equals(entry.digest);
        if (!same) {
            throw new IOException(path + " lists " + name + " " + entry.version + " " + entry.digest + ", but "
                    + entry.directory + " holds " + version.id());
        }
        return version;
    }

    private static Instant instant(Path path, String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IOException(path + " has no valid time: " + text, e);
        }
    }
}
