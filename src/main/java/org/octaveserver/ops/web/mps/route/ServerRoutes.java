package org.octaveserver.ops.web.mps.route;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.bundle.BundleName;
import org.octaveserver.ops.bundle.BundleReference;
import org.octaveserver.ops.bundle.route.Route;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.route.RouteTarget;
import org.octaveserver.ops.bundle.route.RoutesFile;
import org.octaveserver.ops.bundle.route.RoutesFileException;
import org.octaveserver.ops.settings.SettingsException;

/** Reads the routes of the whole server (MPS: {@code --routes-file}), once, at the start. */
public final class ServerRoutes {
    private static final String SETTING = "ops.http.routes-file";
    private static final long LARGEST_FILE = 1 << 20;

    private ServerRoutes() {}

    /**
     * Reads the file that the setting names.
     *
     * @param conf the directory that a relative name is in
     * @param secret a file that no folder may serve
     * @throws SettingsException when it cannot be used, naming the setting, the file and the place in it
     */
    public static RouteTable read(Optional<String> setting, Path conf, Path secret) {
        return setting.map(name -> read(file(name, conf), secret)).orElse(RouteTable.EMPTY);
    }

    private static Path file(String name, Path conf) {
        try {
            return conf.resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new SettingsException(List.of(SETTING + ": \"" + name + "\" is no path here"));
        }
    }

    private static RouteTable read(Path file, Path secret) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw unusable(file, "it is larger than " + LARGEST_FILE + " bytes");
            }
            Path directory = file.resolveSibling("");
            RouteTable table = RoutesFile.ofServer(Files.readString(file), directory);
            for (Route route : table.routes()) {
                check(route, secret);
            }
            return table;
        } catch (RoutesFileException e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is not UTF-8; save it in that encoding");
        } catch (IOException e) {
            throw unusable(file, "it cannot be read (" + e + ")");
        }
    }

    private static void check(Route route, Path secret) throws RoutesFileException, IOException {
        if (route.target() instanceof RouteTarget.Handler handler) {
            String name = BundleReference.parse(handler.component()).name();
            if (BundleName.find(name).isEmpty()) {
                throw RoutesFileException.at(
                        route.pointer() + "/webhandler/component",
                        "must be the name of a bundle, or name@version; no bundle can be named \"" + name + "\"");
            }
        } else if (route.target() instanceof RouteTarget.StaticFiles files) {
            checkFolder(files.folder(), route.pointer() + "/staticfiles/folder", secret);
        }
    }

    private static void checkFolder(Path folder, String pointer, Path secret) throws RoutesFileException, IOException {
        if (!Files.isDirectory(folder)) {
            throw RoutesFileException.at(pointer, folder + " is no directory");
        }
        if (secret.toRealPath().startsWith(folder.toRealPath())) {
            throw RoutesFileException.at(
                    pointer, folder + " holds " + secret + ", which must not be served; name a folder of its own");
        }
    }

    private static SettingsException unusable(Path file, String problem) {
        return new SettingsException(List.of(SETTING + ": " + file + ": " + problem));
    }
}
