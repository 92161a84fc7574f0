package org.octaveserver.ops.launch;

import java.io.IOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The class path inside a {@code WEB-INF}: what a container takes, and the container that the WAR brings along. */
final class ClassPath {
    private ClassPath() {}

    static List<URL> of(Path webInf) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String folder : List.of("lib", "standalone")) {
            if (Files.isDirectory(webInf.resolve(folder))) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(webInf.resolve(folder), "*.jar")) {
                    found.forEach(jars::add);
                }
            }
        }
        // The order of a directory is chance; that of a class path must not be.
        jars.sort(null);
        List<URL> urls = new ArrayList<>();
        urls.add(webInf.resolve("classes").toUri().toURL());
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return urls;
    }
}
