package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Where the parts of an unpacked bundle are: an Octave package, with {@code DESCRIPTION} and {@code inst/} or
 * {@code src/}, or a plain folder of functions; at the root of the archive or inside its only top directory.
 *
 * @param root the directory that holds {@code DESCRIPTION}, {@code ops.json}, {@code routes.json}, {@code inst}
 */
record BundleTree(Path root) {
    static final String INST = "inst";
    static final String SRC = "src";
    private static final Set<String> SOURCES = Set.of("c", "cc", "cpp", "cxx", "f", "f77", "f90", "f95");
    private static final Set<String> BUILD_FILES = Set.of("makefile", "gnumakefile", "configure");
    private static final String SIGNATURES = "functionsignatures.json";

    /** Manifests are read whole; no honest one comes near. */
    private static final long MAX_MANIFEST_BYTES = 1 << 20;

    /** Finds the bundle in what was unpacked. */
    static BundleTree locate(Path unpacked) throws IOException {
        if (looksLikeBundle(unpacked)) {
            return new BundleTree(unpacked);
        }
        List<Path> tops =
                FileTrees.list(unpacked).stream().filter(BundleTree::mayBeTop).toList();
        return new BundleTree(tops.size() == 1 ? tops.get(0) : unpacked);
    }

    private static boolean looksLikeBundle(Path directory) throws IOException {
        if (Files.isDirectory(directory.resolve(INST))) {
            return true;
        }
        return FileTrees.list(directory).stream()
                .filter(Files::isRegularFile)
                .map(BundleTree::name)
                .anyMatch(BundleTree::isBundleFile);
    }

    private static boolean isBundleFile(String name) {
        return name.equals(DescriptionFile.NAME)
                || name.equals(OpsJson.NAME)
                || name.equals(BundleRoutes.NAME)
                || name.endsWith(".m")
                || isSignatureFile(name);
    }

    /** MPS's tools write a capital F as well. */
    private static boolean isSignatureFile(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(SIGNATURES);
    }

    /** A package, class or private directory is part of a bundle, not around it. */
    private static boolean mayBeTop(Path child) {
        String name = name(child);
        return Files.isDirectory(child)
                && !name.startsWith(".")
                && !name.startsWith("+")
                && !name.startsWith("@")
                && !name.equals("private");
    }

    /** Whether it is an Octave package, which Octave's own {@code pkg} installs. */
    boolean isPackage() {
        return Files.isRegularFile(root.resolve(DescriptionFile.NAME))
                && (hasInst() || Files.isDirectory(root.resolve(SRC)));
    }

    /** Whether the functions are in {@code inst/}; otherwise they lie at the root. */
    boolean hasInst() {
        return Files.isDirectory(root.resolve(INST));
    }

    /** A manifest at the root. JSON must be UTF-8; of a DESCRIPTION, only ASCII matters, and old ones are Latin-1. */
    Optional<String> manifestFile(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_MANIFEST_BYTES) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    name + " is " + Files.size(file) + " bytes; at most " + MAX_MANIFEST_BYTES + " are allowed");
        }
        byte[] bytes = Files.readAllBytes(file);
        String text = name.equals(DescriptionFile.NAME) ? new String(bytes, StandardCharsets.UTF_8) : utf8(name, bytes);
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static String utf8(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE, Quoted.text(name) + " is not UTF-8; save it in that encoding", e);
        }
    }

    /** The names of the files of function signatures at the root, {@code <anything>functionSignatures.json}. */
    List<String> signatureFiles() throws IOException {
        return signatureFiles(root);
    }

    /** Refuses what would need a compiler where nobody calls one: only packages are Octave's own {@code pkg}'s to build. */
    void refuseUnbuilt() throws IOException {
        Path src = root.resolve(SRC);
        if (isPackage() || !Files.isDirectory(src)) {
            return;
        }
        Optional<Path> first = FileTrees.below(src).stream()
                .filter(Files::isRegularFile)
                .filter(BundleTree::needsCompiling)
                .sorted()
                .findFirst();
        if (first.isPresent()) {
            String file = root.relativize(first.get()).toString().replace('\\', '/');
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    Quoted.text(file) + " needs compiling, which is done for Octave packages only: add a DESCRIPTION");
        }
    }

    private static boolean needsCompiling(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return SOURCES.contains(extension) || BUILD_FILES.contains(name) || name.startsWith("makefile.");
    }

    /**
     * Refuses routes or signatures in {@code inst/} of a package that has none at its root, where they would have no effect.
     * With one at the root, the other may be data.
     */
    void refuseMisplaced() throws IOException {
        Path inst = root.resolve(INST);
        if (!hasInst()) {
            return;
        }
        if (Files.isRegularFile(inst.resolve(BundleRoutes.NAME)) && !Files.exists(root.resolve(BundleRoutes.NAME))) {
            throw misplaced(BundleRoutes.NAME);
        }
        List<String> signatures = signatureFiles(inst);
        if (!signatures.isEmpty() && signatureFiles().isEmpty()) {
            throw misplaced(signatures.get(0));
        }
    }

    private static OpsException misplaced(String name) {
        String file = Quoted.text(INST + "/" + name);
        return new OpsException(
                ErrorCode.INVALID_BUNDLE,
                file + " has no effect there; it belongs to the top of the package, beside inst/");
    }

    private static List<String> signatureFiles(Path directory) throws IOException {
        return FileTrees.list(directory).stream()
                .filter(Files::isRegularFile)
                .map(BundleTree::name)
                .filter(BundleTree::isSignatureFile)
                .sorted()
                .toList();
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
