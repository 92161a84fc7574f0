package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real nginx with the example configuration of this project, of which only the address of OPS, the listening address
 * and TLS are replaced.
 */
final class NginxProxy implements AutoCloseable {
    private static final Path EXAMPLES = Path.of(System.getProperty("ops.test.basedir"), "nginx-example");
    private static final String EXAMPLE = "ops.conf";

    /** Where it is when the path of an ordinary account does not have it. */
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final int port;
    private final Process process;
    private final Path log;

    private NginxProxy(int port, Process process, Path log) {
        this.port = port;
        this.process = process;
        this.log = log;
    }

    /** An example as it stands. */
    static String example(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file));
    }

    /**
     * Starts nginx and waits until it listens.
     *
     * @param folder for its files
     * @param serverPort where OPS listens
     */
    static NginxProxy start(Path folder, int serverPort) throws IOException {
        int port = freePort();
        Files.createDirectories(folder);
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                %s
                }
                """.formatted(adapted(example(EXAMPLE), port, serverPort)));
        Path log = folder.resolve("nginx.log");
        Process process = new ProcessBuilder(
                        program().toString(), "-p", folder.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        NginxProxy proxy = new NginxProxy(port, process, log);
        proxy.awaitStart();
        return proxy;
    }

    private static Path program() {
        Stream<String> folders =
                Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), SYSTEM_FOLDERS.stream());
        return folders.map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nginx is missing; install it (Debian: apt-get install"
                        + " nginx-light; Fedora: dnf install nginx; macOS: brew install nginx)"));
    }

    private static String adapted(String example, int port, int serverPort) {
        String text = replaceOnce(example, "listen 443 ssl;", "listen 127.0.0.1:" + port + ";");
        text = replaceOnce(text, "listen \\[::\\]:443 ssl;", "");
        text = replaceOnce(text, "ssl_certificate [^;]*;", "");
        text = replaceOnce(text, "ssl_certificate_key [^;]*;", "");
        text = replaceOnce(text, "ssl_protocols [^;]*;", "");
        return replaceOnce(text, "server 127\\.0\\.0\\.1:9910;", "server 127.0.0.1:" + serverPort + ";");
    }

    /** A placeholder that is gone or there twice would leave the test testing something else. */
    private static String replaceOnce(String text, String pattern, String replacement) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.results()).as("places of %s in %s", pattern, EXAMPLE).hasSize(1);
        return matcher.replaceAll(Matcher.quoteReplacement(replacement));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() {
        Awaitility.await()
                .atMost(START_LIMIT)
                .failFast(() -> assertThat(process.isAlive())
                        .as(() -> "nginx ended: " + text(log))
                        .isTrue())
                .ignoreException(IOException.class)
                .until(() -> {
                    connect().close();
                    return true;
                });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A connection on which a test writes what no client library would. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** A request through the proxy, to be completed; gives up after 30 s. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
