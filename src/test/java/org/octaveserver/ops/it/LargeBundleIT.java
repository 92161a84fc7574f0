package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.it.ServerProcess.Start;

/** A bundle that is larger than the memory of the server, by every way in. */
class LargeBundleIT {
    private static final int MEGABYTE = 1 << 20;
    private static final int MEGABYTES = 100;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        // The buffers of the network are outside the heap.
        List<String> small = List.of("-Xmx96m", "-XX:MaxDirectMemorySize=16m", "-XX:+ExitOnOutOfMemoryError");
        server = ServerProcess.start(
                folder, Map.of("ops.auto-deploy.interval", "100ms"), new Start(List.of(), small, Start.PLAIN.main()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Content that does not become smaller. */
    private Path large(String name, String version) throws IOException {
        Path file = folder.resolve(name + ".zip");
        byte[] chunk = new byte[MEGABYTE];
        Random random = new Random(version.hashCode());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            text(zip, "ops.json", "{\"name\":\"" + name + "\",\"version\":\"" + version + "\"}");
            text(
                    zip,
                    "bytes.m",
                    "function r = bytes ()\n  here = mfilename (\"fullpathext\")(1:end-7);\n"
                            + "  r = [dir([here \"data.bin\"]).bytes " + version.charAt(0) + "];\nendfunction\n");
            zip.putNextEntry(new ZipEntry("data.bin"));
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(chunk);
                zip.write(chunk);
            }
            zip.closeEntry();
        }
        return file;
    }

    private static void text(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void assertDeployed(String name, int version) {
        assertThat(server.call("/" + name + "/bytes", 1, "[]").toString())
                .isEqualTo("[[[" + (long) MEGABYTES * MEGABYTE + "," + version + "]]]");
    }

    @Test
    void streamsThroughEveryWayIn() throws IOException {
        HttpResponse<String> put =
                server.sendAsAdmin("PUT", "/api/archives?ctf=put", BodyPublishers.ofFile(large("put", "1.0.0")));
        assertThat(put.statusCode()).as(put.body()).isBetween(200, 299);
        assertDeployed("put", 1);

        Path part = large("part", "2.0.0");
        HttpResponse<String> batch = new Releasing(server)
                .streamed("", "*", Map.of("part.zip", () -> open(part)), "{\"changes\":[{\"deploy\":\"part.zip\"}]}");
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(201);
        assertDeployed("part", 2);

        Files.move(large("hot", "3.0.0"), server.home().resolve("auto_deploy/hot.zip"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertDeployed("hot", 3));
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
