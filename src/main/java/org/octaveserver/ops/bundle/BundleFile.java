package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The {@code bundle.json} beside a stored version: all that is needed to load it again without asking Octave. What is
 * absent is written as empty.
 */
record BundleFile(
        int format,
        String name,
        String version,
        String digest,
        String stored,
        String title,
        String description,
        List<String> depends,
        List<String> exports,
        JsonNode serving,
        JsonNode signatures,
        List<FunctionEntry> functions) {
    static final String NAME = "bundle.json";
    private static final int FORMAT = 1;

    record FunctionEntry(String name, String file, int nargin, int nargout) {}

    static void write(Path directory, BundleVersion version) throws IOException {
        Manifest manifest = version.manifest();
        List<FunctionEntry> functions = version.functions().values().stream()
                .map(f -> new FunctionEntry(f.name(), f.file(), f.nargin(), f.nargout()))
                .toList();
        JsonNode signatures = manifest.signatures().isPresent()
                ? StrictJson.tree(manifest.signatures().get())
                : JsonNodeFactory.instance.objectNode();
        StrictJson.write(
                directory.resolve(NAME),
                new BundleFile(
                        FORMAT,
                        manifest.name().text(),
                        manifest.version().text(),
                        version.digest(),
                        version.stored().toString(),
                        manifest.title(),
                        manifest.description(),
                        manifest.depends(),
                        manifest.exports().orElse(List.of()),
                        ServingJson.write(manifest.serving()),
                        signatures,
                        functions));
    }

    /** Reads the file in a directory of the store; any fault of it is an IOException. */
    static BundleVersion read(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        BundleFile file = StrictJson.read(path, BundleFile.class);
        if (file.format != FORMAT) {
            throw new IOException(path + " has format " + file.format + "; this OPS reads format " + FORMAT);
        }
        try {
            return file.toVersion(directory);
        } catch (RuntimeException e) {
            throw new IOException(path + " is damaged: " + e.getMessage(), e);
        }
    }

    private BundleVersion toVersion(Path directory) throws IOException {
        Manifest manifest = new Manifest(
                new BundleName(name),
                new Version(version),
                title,
                description,
                depends,
                exports.isEmpty() ? Optional.empty() : Optional.of(exports),
                ServingJson.read(serving),
                signatures.isEmpty() ? Optional.empty() : Optional.of(StrictJson.text(signatures)));
        Map<String, ExportedFunction> byName = functions.stream()
                .map(f -> new ExportedFunction(f.name, f.file, f.nargin, f.nargout))
                .collect(Collectors.toMap(ExportedFunction::name, Function.identity()));
        return new BundleVersion(
                digest, directory, manifest, byName, BundleRoutes.load(directory), Instant.parse(stored));
    }
}
