package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.octaveserver.ops.value.json.JsonFault;

/**
 * The {@code release.json} of a release. A bundle has a list of versions there, of which exactly one is the
 * default. The first format, of releases with one version of each bundle, is read too.
 */
record ReleaseFile(
        int format,
        long number,
        long previous,
        String created,
        String by,
        String reason,
        long activated,
        Map<String, List<VersionEntry>> bundles) {
    static final String NAME = "release.json";
    private static final int FORMAT = 2;

    /** Of releases with one version of each bundle. */
    private static final int FIRST_FORMAT = 1;

    /**
     * One version in a release.
     *
     * @param directory relative to the {@code bundles} directory, with {@code /}
     * @param runtime empty for the default one
     */
    record VersionEntry(
            String version,
            String digest,
            String directory,
            @JsonProperty("default") boolean isDefault,
            String runtime,
            Map<String, String> pins) {}

    static void write(Path directory, Path root, Release release) throws IOException {
        Map<String, List<VersionEntry>> bundles = new TreeMap<>();
        release.bundles()
                .forEach((name, bundle) -> bundles.put(
                        name,
                        bundle.versions().stream()
                                .map(deployed -> entry(root, bundle, deployed))
                                .toList()));
        StrictJson.write(
                directory.resolve(NAME),
                new ReleaseFile(
                        FORMAT,
                        release.number(),
                        release.previous(),
                        release.created().toString(),
                        release.by(),
                        release.reason(),
                        release.activated().orElse(0),
                        bundles));
    }

    private static VersionEntry entry(Path root, DeployedBundle bundle, DeployedVersion deployed) {
        BundleVersion version = deployed.version();
        return new VersionEntry(
                version.version().text(),
                version.digest(),
                root.relativize(version.directory()).toString().replace('\\', '/'),
                version.version().equals(bundle.defaultVersion()),
                deployed.runtime().orElse(""),
                deployed.pins());
    }

    /**
     * Reads a release; any fault of the file is an IOException.
     *
     * @param load loads the version in a directory of the store
     */
    static Release read(Path directory, Path root, Function<Path, BundleVersion> load) throws IOException {
        Path path = directory.resolve(NAME);
        ReleaseFile file = parse(path);
        if (!directory.getFileName().toString().equals(Long.toString(file.number))) {
            throw new IOException(path + " is of release " + file.number);
        }
        Map<String, DeployedBundle> bundles = new TreeMap<>();
        for (Map.Entry<String, List<VersionEntry>> bundle : file.bundles.entrySet()) {
            bundles.put(bundle.getKey(), bundle(path, root, bundle, load));
        }
        OptionalLong activated = file.activated == 0 ? OptionalLong.empty() : OptionalLong.of(file.activated);
        return new Release(
                file.number, file.previous, instant(path, file.created), file.by, file.reason, activated, bundles);
    }

    /**
     * The directories of all versions that the file of a release names.
     *
     * @throws IOException for any fault of the file
     */
    static Set<Path> directories(Path directory, Path root) throws IOException {
        Path path = directory.resolve(NAME);
        Set<Path> directories = new HashSet<>();
        for (List<VersionEntry> versions : parse(path).bundles.values()) {
            for (VersionEntry entry : versions) {
                directories.add(place(path, entry, root));
            }
        }
        return directories;
    }

    private static ReleaseFile parse(Path path) throws IOException {
        try {
            return parsed(path);
        } catch (StreamReadException e) {
            throw new IOException(path + ", line " + e.getLocation().getLineNr() + ": " + JsonFault.reason(e), e);
        } catch (JsonProcessingException e) {
            throw new IOException(path + ": " + e.getOriginalMessage(), e);
        }
    }

    private static ReleaseFile parsed(Path path) throws IOException {
        JsonNode tree = StrictJson.read(path, JsonNode.class);
        int format = tree.path("format").asInt();
        if (format == FIRST_FORMAT) {
            upgrade((ObjectNode) tree);
        } else if (format != FORMAT) {
            throw new IOException(path + " has format " + format + "; this OPS reads formats 1 and " + FORMAT);
        }
        return StrictJson.convert(path, tree, ReleaseFile.class);
    }

    /** Adds what the first format could not say. */
    private static void upgrade(ObjectNode file) {
        file.put("format", FORMAT).put("activated", 0);
        for (JsonNode versions : file.path("bundles")) {
            for (JsonNode entry : versions) {
                if (entry instanceof ObjectNode version) {
                    version.put("runtime", "").putObject("pins");
                }
            }
        }
    }

    private static DeployedBundle bundle(
            Path path, Path root, Map.Entry<String, List<VersionEntry>> bundle, Function<Path, BundleVersion> load)
            throws IOException {
        List<DeployedVersion> versions = new ArrayList<>();
        Optional<Version> byDefault = Optional.empty();
        for (VersionEntry entry : bundle.getValue()) {
            BundleVersion version = load(path, bundle.getKey(), entry, root, load);
            Optional<String> runtime = entry.runtime.isEmpty() ? Optional.empty() : Optional.of(entry.runtime);
            versions.add(new DeployedVersion(version, runtime, entry.pins));
            byDefault = entry.isDefault ? Optional.of(version.version()) : byDefault;
        }
        Version chosen =
                byDefault.orElseThrow(() -> new IOException(path + " gives no default version of " + bundle.getKey()));
        try {
            return new DeployedBundle(chosen, versions);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is damaged: " + e.getMessage(), e);
        }
    }

    private static BundleVersion load(
            Path path, String name, VersionEntry entry, Path root, Function<Path, BundleVersion> load)
            throws IOException {
        BundleVersion version = load.apply(place(path, entry, root));
        boolean same = version.name().text().equals(name)
                && version.version().text().equals(entry.version)
                && version.digest().equals(entry.digest);
        if (!same) {
            throw new IOException(path + " lists " + name + " " + entry.version + " " + entry.digest + ", but "
                    + entry.directory + " holds " + version.id());
        }
        return version;
    }

    private static Path place(Path path, VersionEntry entry, Path root) throws IOException {
        try {
            Path directory = root.resolve(entry.directory).normalize();
            if (directory.startsWith(root)) {
                return directory;
            }
        } catch (InvalidPathException e) {
            throw new IOException(path + " names " + Quoted.text(entry.directory) + ", which is no directory", e);
        }
        throw new IOException(path + " names " + entry.directory + ", which is outside of " + root);
    }

    private static Instant instant(Path path, String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IOException(path + " has no valid time: " + text, e);
        }
    }
}
