package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.bundle.signature.Signatures;
import org.octaveserver.ops.bundle.signature.TypeDefinition;

/**
 * The {@code signatures.json} beside the {@code bundle.json} of a stored version. A file of its own: help texts are long,
 * and calls, releases and their history need none of it.
 */
record SignaturesFile(int format, Map<String, TypeDefinition> typedefs, Map<String, Signature> functions) {
    static final String NAME = "signatures.json";
    private static final int FORMAT = 1;

    static void write(Path directory, Signatures signatures) throws IOException {
        StrictJson.write(
                directory.resolve(NAME), new SignaturesFile(FORMAT, signatures.typedefs(), signatures.functions()));
    }

    /** Reads the file; a version that was stored before there were such files has {@link Signatures#NONE}. */
    static Signatures read(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        if (!Files.exists(path)) {
            return Signatures.NONE;
        }
        SignaturesFile file = StrictJson.read(path, SignaturesFile.class);
        if (file.format != FORMAT) {
            throw new IOException(path + " has format " + file.format + "; this OPS reads format " + FORMAT);
        }
        return new Signatures(file.typedefs, file.functions);
    }
}
