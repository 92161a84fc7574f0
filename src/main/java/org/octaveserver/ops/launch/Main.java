package org.octaveserver.ops.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * Entry point of {@code java -jar ops.war}: {@code start} runs the server, everything else is a command of the
 * {@code ops} client.
 *
 * <p>Uses the JDK alone. Sets the system properties {@code ops.home} (the server's directory) and {@code ops.webinf}
 * (the unpacked {@code WEB-INF}, where the Octave side lies).
 */
public final class Main {
    private static final String SERVER = "org.octaveserver.ops.app.StandaloneServer";
    private static final String CLIENT = "org.octaveserver.ops.cli.OpsCommand";
    private static final int CANNOT_RUN = 2;

    private Main() {}

    public static void main(String[] args) throws Exception {
        try {
            run(war(), OpsHome.ofProcess(), args);
        } catch (IOException e) {
            System.err.println("error: cannot unpack ops.war: " + e.getMessage());
            System.exit(CANNOT_RUN);
        }
    }

    /** Unpacks the WAR and hands over to the class that {@code args} asks for. */
    static void run(Path war, Path home, String[] args) throws Exception {
        Path webInf = UnpackedWar.of(war, home.resolve("run").resolve("war"), temporary());
        System.setProperty("ops.home", home.toString());
        System.setProperty("ops.webinf", webInf.toString());
        boolean server = args.length > 0 && args[0].equals("start");
        // Stays open: the classes are loaded from it until the process ends.
        URLClassLoader classes = new URLClassLoader(
                "ops", ClassPath.of(webInf).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(classes);
        invoke(Class.forName(server ? SERVER : CLIENT, true, classes), args);
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"), "ops-war-" + System.getProperty("user.name"));
    }

    private static void invoke(Class<?> entry, String[] args) throws Exception {
        try {
            entry.getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Path war() throws IOException, URISyntaxException {
        CodeSource source = Main.class.getProtectionDomain().getCodeSource();
        Path file = Path.of(source.getLocation().toURI());
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no WAR; run it as java -jar ops.war");
        }
        return file;
    }
}
