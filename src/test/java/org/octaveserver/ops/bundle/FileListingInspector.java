package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/** Stands in for Octave: finds functions by their files, and holds a file with "parse error" in it for a bad one. */
final class FileListingInspector implements FunctionInspector {
    final AtomicInteger calls = new AtomicInteger();

    /** Happens with each inspection. */
    Runnable meanwhile = () -> {};

    @Override
    public List<InspectedFunction> inspect(InstalledTree tree, List<Path> dependencies, OctaveRuntime runtime) {
        calls.incrementAndGet();
        meanwhile.run();
        List<InspectedFunction> found = new ArrayList<>();
        try {
            list(tree.root(), tree.root(), "", found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void list(Path root, Path directory, String prefix, List<InspectedFunction> found)
            throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (name.endsWith(".m")) {
                    String file = root.relativize(child).toString();
                    if (Files.readString(child).contains("parse error")) {
                        throw new OpsException(ErrorCode.INVALID_BUNDLE, file + ":1: parse error");
                    }
                    String function = prefix + name.substring(0, name.length() - 2);
                    found.add(new InspectedFunction(new ExportedFunction(function, file, -1, 1), Signature.UNKNOWN));
                } else if (name.startsWith("+")) {
                    list(root, child, prefix + name.substring(1) + ".", found);
                }
            }
        }
    }
}
