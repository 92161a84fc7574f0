package org.octaveserver.ops.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * A PostgreSQL of the system's packages, with a directory and a port of its own, that keeps what it has committed. It does
 * not run as root: a test that does starts it as the account {@code postgres}.
 */
public final class RealPostgres implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final int SECONDS = 60;

    private final Path programs;
    private final Path directory;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();

    private RealPostgres(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    public static RealPostgres start() throws IOException {
        Path directory = Files.createTempDirectory("ops-postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        RealPostgres server = new RealPostgres(programs(), directory, port);
        server.run("initdb", "-D", server.data(), "-U", "ops", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        server.again();
        return server;
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(RealPostgres::missing);
            }
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .findFirst()
                .orElseThrow(RealPostgres::missing);
    }

    private static AssertionError missing() {
        return new AssertionError("PostgreSQL is missing: install the package postgresql");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** Starts it after a stop. */
    public void again() throws IOException {
        String options = "-c listen_addresses=127.0.0.1 -p " + port + " -c unix_socket_directories=" + directory
                + " -c max_connections=50 -c fsync=on";
        run(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-t",
                "50",
                "-l",
                directory.resolve("log").toString(),
                "-o",
                options,
                "start");
    }

    /** Stops it as a crash would. */
    public void crash() throws IOException {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    /** The URL of a new and empty database. */
    public String fresh() throws SQLException {
        String name = "test" + databases.incrementAndGet();
        run(url("postgres"), "create database " + name);
        return url(name);
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** Has a statement run, on a connection of its own. */
    static void run(String url, String statement) throws SQLException {
        try (Connection connection = connect(url);
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    static Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "ops");
        return requireNonNull(new Driver().connect(url, properties));
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("ops-postgres", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(program).isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", command, Files.readString(output))
                    .isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
        remove();
    }

    private void remove() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
