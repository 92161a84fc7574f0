package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.bundle.route.Route;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.route.RouteTarget;
import org.octaveserver.ops.bundle.route.RoutesFile;
import org.octaveserver.ops.bundle.route.RoutesFileException;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The optional {@code routes.json} at a bundle's root. It is checked when the bundle is deployed, and copied beside
 * {@code bundle.json}: a version that an OPS stored which knew no routes has none, whatever its source holds.
 */
final class BundleRoutes {
    static final String NAME = "routes.json";

    private BundleRoutes() {}

    /**
     * Checks the file against the bundle, and stores it.
     *
     * @param staged the version's directory, being prepared
     * @param place where that directory will be
     * @throws OpsException INVALID_BUNDLE, saying what is wrong where in the file
     */
    static RouteTable prepare(BundleTree tree, Map<String, ExportedFunction> functions, Path staged, Path place)
            throws IOException {
        Optional<String> text = tree.manifestFile(NAME);
        if (text.isEmpty()) {
            return RouteTable.EMPTY;
        }
        try {
            for (Route route : RoutesFile.ofBundle(text.get(), tree.root()).routes()) {
                check(route, functions);
            }
            Path copy = Files.writeString(staged.resolve(NAME), text.get());
            FileModes.set(copy, false);
            return RoutesFile.ofBundle(text.get(), place.resolve(staged.relativize(tree.root())));
        } catch (RoutesFileException e) {
            throw new OpsException(ErrorCode.INVALID_BUNDLE, NAME + ": " + e.getMessage(), e);
        }
    }

    private static void check(Route route, Map<String, ExportedFunction> functions) throws RoutesFileException {
        if (route.target() instanceof RouteTarget.Handler handler) {
            checkHandler(handler.function(), route.pointer() + "/webhandler/function", functions);
        } else if (route.target() instanceof RouteTarget.StaticFiles files
                && !Files.isDirectory(files.folder(), LinkOption.NOFOLLOW_LINKS)) {
            throw RoutesFileException.at(
                    route.pointer() + "/staticfiles/folder", "the bundle has no such folder beside its " + NAME);
        }
    }

    private static void checkHandler(String name, String pointer, Map<String, ExportedFunction> functions)
            throws RoutesFileException {
        ExportedFunction function = functions.get(name);
        if (function == null) {
            throw RoutesFileException.at(
                    pointer,
                    Quoted.text(name) + " is none of the functions that the bundle exports: "
                            + Exports.list(functions.keySet()));
        }
        if (function.nargin() == 0 || function.nargout() == 0) {
            throw RoutesFileException.at(
                    pointer, Quoted.text(name) + " must take the request and answer the response: resp = f (req)");
        }
    }

    /** The routes of a stored version. */
    static RouteTable load(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return RouteTable.EMPTY;
        }
        try {
            Path root = BundleTree.locate(directory.resolve(Store.SOURCE)).root();
            return RoutesFile.ofBundle(Files.readString(file), root);
        } catch (RoutesFileException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
