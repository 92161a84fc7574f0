package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.octaveserver.ops.worker.TestModules;

/**
 * A server in a process of its own, on any free port: one that can be killed, or run with other rights, less room or less
 * memory. What it writes goes to a file.
 */
final class ServerProcess implements IntSupplier, AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;
    private static final String MAIN = "org.octaveserver.ops.app.StandaloneServer";

    private final Path home;
    private final Path output;
    private final Process process;

    private ServerProcess(Path home, Path output, Process process) {
        this.home = home;
        this.output = output;
        this.process = process;
    }

    /**
     * How to start one.
     *
     * @param before what is before {@code java} on the command line
     * @param java options of the JVM
     * @param main the class to run, and its arguments
     */
    record Start(List<String> before, List<String> java, List<String> main) {
        static final Start PLAIN = new Start(List.of(), List.of(), List.of(MAIN));

        static Start main(String name, String argument) {
            return new Start(List.of(), List.of(), List.of(name, argument));
        }

        static Start under(String... command) {
            return new Start(List.of(command), List.of(), List.of(MAIN));
        }
    }

    /** Starts it and waits until it answers. */
    static TestServer start(Path folder, Map<String, String> settings, Start start) {
        ServerProcess process = launch(folder, settings, start);
        process.awaitEndpoint();
        return TestServer.over(process.home, process);
    }

    /** Starts one that must refuse to, and answers what it says. */
    static String refuses(Path folder, Map<String, String> settings, Start start) {
        ServerProcess process = launch(folder, settings, start);
        assertThat(process.awaitExit()).as(process.text()).isEqualTo(1);
        return process.text();
    }

    private static ServerProcess launch(Path folder, Map<String, String> settings, Start start) {
        Path home = folder.resolve("home");
        Path output = folder.resolve("server.log");
        try {
            Properties properties = new Properties();
            properties.putAll(settings);
            properties.put("ops.http.port", "0");
            StringWriter text = new StringWriter();
            properties.store(text, null);
            Files.createDirectories(home.resolve("conf"));
            TestModules.provide(home, settings);
            Files.writeString(home.resolve("conf/ops.properties"), text.toString());
            Files.deleteIfExists(home.resolve("run/endpoint"));
            ProcessBuilder builder = new ProcessBuilder(command(home, start))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()));
            builder.environment().put("HOME", folder.toString());
            return new ServerProcess(home, output, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home, Start start) {
        List<String> command = new ArrayList<>(start.before());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dops.home=" + home));
        command.add("-Dops.webinf=" + Path.of(System.getProperty("ops.test.webapp"), "WEB-INF"));
        command.addAll(start.java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(start.main());
        return command;
    }

    private Path endpoint() {
        return home.resolve("run/endpoint");
    }

    private void awaitEndpoint() {
        try {
            Awaitility.await()
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Files.exists(endpoint()) || !process.isAlive());
            assertThat(process.isAlive()).as(text()).isTrue();
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Waits until it has ended by itself, and answers its exit status. */
    int awaitExit() {
        try {
            assertThat(process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(text())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    long pid() {
        return process.pid();
    }

    /** What it has written so far. */
    String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port. */
    @Override
    public int getAsInt() {
        try {
            String address = Files.readString(endpoint()).strip();
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
