package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that fills up, that nobody may write to, or that is not one: a deployment fails, says why, and changes nothing;
 * when the disk is as it should be the same deployment succeeds.
 */
class DiskFailuresIT {
    private static final int MOST_ATTEMPTS = 80;
    private static final int FILES_IN_ALL = 400;
    private static final String TOLD_BY_PACKAGE = "told1.1.0|told1.1.0|told1.1.0|told1.1.0";

    @TempDir
    Path folder;

    private Optional<TestServer> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(TestServer::close);
    }

    private TestServer server() {
        return running.orElseThrow();
    }

    private void start(ServerProcess.Start how) {
        running = Optional.of(ServerProcess.start(folder, Map.of(), how));
    }

    private Path bundles() {
        return folder.resolve("home/bundles");
    }

    private void startOn(String mount) throws IOException {
        Files.createDirectories(bundles());
        start(SmallDisk.mounting(mount + " none " + bundles()));
    }

    private HttpResponse<String> deploy(String version) {
        return server().deploy(TellingBundle.zip("tell", version, "told" + version), "");
    }

    private void deployed(String version) {
        HttpResponse<String> response = deploy(version);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(TellingBundle.ask(server(), "tell")).isEqualTo("told" + version);
    }

    /** A deployment that must fail for the disk; answers what it says. */
    private String refused(Path incoming, String version, long release) throws IOException {
        HttpResponse<String> response = deploy(version);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        JsonNode problem = TestServer.json(response);
        assertThat(problem.get("code").asText()).as(response.body()).isEqualTo("STORE_FAILED");
        assertNothingChanged(incoming, release);
        return problem.get("detail").asText();
    }

    private void assertNothingChanged(Path incoming, long release) throws IOException {
        assertThat(TellingBundle.ask(server(), "tell")).isEqualTo("told1.0.0");
        assertThat(new Releasing(server()).current()).isEqualTo(release);
        try (Stream<Path> left = Files.list(incoming)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aDiskThatFillsUpWhilePkgInstallsChangesNothing() throws IOException {
        startOn("-t tmpfs -o size=4m");
        deployed("1.0.0");
        SmallDisk disk = SmallDisk.of(server(), bundles());
        List<String> said = new ArrayList<>();
        for (int pages = 0; ; pages++) {
            assertThat(pages).isLessThan(MOST_ATTEMPTS);
            disk.leave(pages);
            if (!wasRefused(server().deploy(packaged(), ""), disk, said)) {
                break;
            }
        }
        assertThat(said).hasSizeGreaterThan(5).allSatisfy(this::namesWhatToChange);
    }

    private static byte[] packaged() {
        return TestBundle.packaged("tell", "1.1.0")
                .file("tell/PKG_ADD", "")
                .file("tell/inst/tell.m", "function r = tell ()\n  r = \"" + TOLD_BY_PACKAGE + "\";\nendfunction\n")
                .zip();
    }

    @Test
    void aDiskThatFillsUpAtAnyMomentChangesNothing() throws IOException {
        startOn("-t tmpfs -o size=4m");
        deployed("1.0.0");
        SmallDisk disk = SmallDisk.of(server(), bundles());
        List<String> said = new ArrayList<>();
        for (int pages = 0; isRefused(disk, pages, said); pages++) {
            assertThat(pages).isLessThan(MOST_ATTEMPTS);
        }
        assertThat(said).hasSizeGreaterThan(5).allSatisfy(this::namesWhatToChange);
        assertThat(String.join("\n", said)).contains("No space left");
        disk.clear();
        deployed("2.0.0");
    }

    private boolean isRefused(SmallDisk disk, int pages, List<String> said) throws IOException {
        disk.leave(pages);
        HttpResponse<String> response = deploy("1.1.0");
        return wasRefused(response, disk, said);
    }

    private boolean wasRefused(HttpResponse<String> response, SmallDisk disk, List<String> said) throws IOException {
        if (response.statusCode() == 201) {
            assertThat(TellingBundle.ask(server(), "tell")).isEqualTo("told1.1.0");
            return false;
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        JsonNode problem = TestServer.json(response);
        assertThat(problem.get("code").asText()).as(response.body()).isEqualTo("STORE_FAILED");
        said.add(problem.get("detail").asText());
        assertNothingChanged(disk.seen().resolve("incoming"), 1);
        return true;
    }

    private void namesWhatToChange(String detail) {
        assertThat(detail).contains(bundles().toString()).contains("ops.bundles.directory");
    }

    @Test
    void aDiskThatHoldsNoMoreFilesChangesNothing() throws IOException {
        startOn("-t tmpfs -o size=4m,nr_inodes=" + FILES_IN_ALL);
        deployed("1.0.0");
        SmallDisk disk = SmallDisk.of(server(), bundles());
        List<String> said = new ArrayList<>();
        for (int files = 0; ; files++) {
            assertThat(files).isLessThan(MOST_ATTEMPTS);
            disk.leaveFiles(files, FILES_IN_ALL);
            if (!wasRefused(deploy("1.1.0"), disk, said)) {
                break;
            }
        }
        assertThat(said).hasSizeGreaterThan(5).allSatisfy(this::namesWhatToChange);
        disk.clear();
        deployed("2.0.0");
    }

    @Test
    void aStoreThatIsReadOnlyAnswersCallsAndRefusesToChange() throws Exception {
        startOn("-t tmpfs -o size=4m");
        deployed("1.0.0");
        SmallDisk disk = SmallDisk.of(server(), bundles());
        disk.remount("ro");
        namesWhatToChange(refused(disk.seen().resolve("incoming"), "1.1.0", 1));
        disk.remount("rw");
        deployed("1.1.0");
    }

    @Test
    void anIncomingOnAnotherFileSystemIsToldBeforeAnythingIsBuilt() throws IOException {
        start(ServerProcess.Start.PLAIN);
        deployed("1.0.0");
        server().close();
        Path incoming = bundles().resolve("incoming");
        start(SmallDisk.mounting("-t tmpfs -o size=4m none " + incoming));
        assertThat(server().process().text()).contains("ERROR").contains("one file system");

        String detail = refused(incoming, "1.1.0", 1);

        namesWhatToChange(detail);
        assertThat(detail).contains("incoming").contains("store").contains("one file system");
        server().close();
        start(ServerProcess.Start.PLAIN);
        deployed("1.1.0");
    }

    @Test
    void directoriesThatTheServerMayNotWriteToChangeNothing() throws IOException {
        start(modesCount());
        deployed("1.0.0");
        for (String directory : List.of("incoming", "store/tell", "releases", ".")) {
            Path closed = bundles().resolve(directory);
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
            String detail = refused(bundles().resolve("incoming"), "1.1.0", 1);
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
            namesWhatToChange(detail);
        }
        deployed("1.1.0");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamedAtTheStart() throws IOException {
        Path closed = Files.createDirectories(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        String said = ServerProcess.refuses(
                folder,
                Map.of("ops.bundles.directory", closed.resolve("bundles").toString()),
                modesCount());
        assertThat(said).contains("ops.bundles.directory").contains(closed.toString());
        start(ServerProcess.Start.PLAIN);
        deployed("1.0.0");
    }

    /** Root may do what no mode allows, so it gives that right away. */
    private static ServerProcess.Start modesCount() {
        return System.getProperty("user.name").equals("root")
                ? ServerProcess.Start.under("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
                : ServerProcess.Start.PLAIN;
    }
}
