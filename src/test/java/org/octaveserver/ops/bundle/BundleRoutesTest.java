package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.bundle.route.RouteMatch;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.route.RouteTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class BundleRoutesTest {
    private static final String PING = "{\"match\":\"^/ping$\",\"webhandler\":{\"function\":\"ping\"}}";
    private static final String WEB = "{\"match\":\"^/app/(.*)$\",\"staticfiles\":{\"folder\":\"web\"}}";

    @TempDir
    Path root;

    private Bundles bundles;

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
    }

    private static String routes(String... entries) {
        return "{\"version\":\"1.0.0\",\"pathmap\":[" + String.join(",", entries) + "]}";
    }

    private static Archives plain(String routes) {
        return archive()
                .file("ops.json", "{\"name\":\"demo\"}")
                .file("ping.m", "")
                .file("web/index.html", "<p>")
                .file("routes.json", routes);
    }

    private static RouteTarget.StaticFiles folder(Path path) {
        return new RouteTarget.StaticFiles(path);
    }

    @Test
    void keepsTheRoutesWithTheVersionAlsoForOtherNodes() throws IOException {
        BundleVersion version = bundles.deploy(plain(routes(PING, WEB)).zip()).version();
        assertThat(version.routes().match("/ping")).contains(new RouteMatch(new RouteTarget.Handler("", "ping"), ""));
        assertThat(version.routes().match("/app/a.css"))
                .contains(new RouteMatch(folder(version.source().resolve("web")), "a.css"));
        assertThat(version.source().resolve("web/index.html")).exists();
        assertThat(new Bundles(root).releases.current().bundle("demo")).contains(version);
        assertThat(Bundles.files(version.installed(Bundles.octave(Bundles.RUNTIME))))
                .containsExactly("ping.m", "web/index.html");
    }

    @Test
    void findsFoldersBesideTheFileAlsoInATopDirectoryOfAPackage() {
        BundleVersion version = bundles.deploy(archive()
                        .file("s-1.0/DESCRIPTION", "Name: s\nVersion: 1.0\n")
                        .file("s-1.0/COPYING", "")
                        .file("s-1.0/routes.json", routes(PING, WEB))
                        .file("s-1.0/web/index.html", "<p>")
                        .file("s-1.0/inst/ping.m", "")
                        .tarGz())
                .version();
        assertThat(version.routes().match("/app/").map(RouteMatch::target))
                .contains(folder(version.source().resolve("s-1.0/web")));
        assertThat(new Bundles(root).releases.current().bundle("s")).contains(version);
    }

    @Test
    void refusesRoutesThatAPackageHasOnlyInInst() {
        Archives misplaced = archive()
                .file("ops.json", "{\"name\":\"demo\"}")
                .file("inst/ping.m", "")
                .file("inst/routes.json", routes(PING));
        assertRefused(misplaced, "\"inst/routes.json\" has no effect there; it belongs to the top of the package");
        BundleVersion version = bundles.deploy(
                        misplaced.file("routes.json", routes(PING)).zip())
                .version();
        assertThat(version.routes().match("/ping")).isPresent();
    }

    @Test
    void takesAFolderWithRoutesAndPackagesOnlyForTheBundleItself() {
        String routes = routes(
                "{\"match\":\"^/mcp$\",\"webhandler\":{\"function\":\"prodserver.mcp\"}}",
                "{\"match\":\"^/(.*)\",\"staticfiles\":{\"folder\":\"web\"}}");
        byte[] file = archive()
                .file("routes.json", routes)
                .file("+prodserver/mcp.m", "")
                .file("web/index.html", "")
                .zip();
        assertThatThrownBy(() -> bundles.deploy(file)).hasMessageContaining("the bundle has no name");
    }

    @Test
    void hasNoneWithoutTheFile() {
        BundleVersion version =
                bundles.deploy(Archives.folder("x", "1.0.0", "").zip()).version();
        assertThat(version.routes()).isEqualTo(RouteTable.EMPTY);
        assertThat(version.directory().resolve("routes.json")).doesNotExist();
    }

    @Test
    void refusesAHandlerThatIsNotExportedAndListsWhatIs() {
        Archives archive = archive()
                .file("ops.json", "{\"name\":\"demo\",\"exports\":[\"f\"]}")
                .file("f.m", "")
                .file("ping.m", "")
                .file("routes.json", routes(PING));
        assertRefused(
                archive,
                "routes.json: /pathmap/0/webhandler/function: \"ping\" is none of the functions that the bundle exports:"
                        + " f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{| routes.json: line 1, column 2: not valid JSON: the text ends before the JSON does",
                "{\"version\":\"1.0.0\",\"pathmap\":[{\"match\":\"(\",\"webhandler\":{\"function\":\"ping\"}}]}| routes.json: /pathmap/0/match: not a",
                "{\"version\":\"1.0.0\",\"pathmap\":[{\"match\":\"(a)\",\"staticfiles\":{\"folder\":\"none\"}}]}| routes.json: /pathmap/0/staticfiles/folder: the bundle has no such folder",
                "{\"version\":\"1.0.0\",\"pathmap\":[{\"match\":\"(a)\",\"staticfiles\":{\"folder\":\"ping.m\"}}]}| routes.json: /pathmap/0/staticfiles/folder: the bundle has no such folder",
                "{\"version\":\"1.0.0\",\"pathmap\":[{\"match\":\"(a)\",\"staticfiles\":{\"folder\":\"../../..\"}}]}| routes.json: /pathmap/0/staticfiles/folder: must name a folder"
            })
    void refusesABundleWhoseRoutesAreWrong(String routes, String message) throws IOException {
        assertRefused(plain(routes), message);
        assertThat(bundles.visible()).isEmpty();
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void ignoresTheFileOfAVersionThatWasStoredBeforeThereWereRoutes() throws IOException {
        BundleVersion version = bundles.deploy(plain(routes(PING)).zip()).version();
        Files.delete(version.directory().resolve("routes.json"));
        BundleVersion loaded =
                new Bundles(root).releases.current().bundle("demo").orElseThrow();
        assertThat(loaded.routes()).isEqualTo(RouteTable.EMPTY);
    }

    @Test
    void saysWhenTheStoredFileIsDamaged() throws IOException {
        BundleVersion version = bundles.deploy(plain(routes(PING)).zip()).version();
        Files.writeString(version.directory().resolve("routes.json"), "{");
        assertThatThrownBy(() -> new Bundles(root).releases.current())
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED))
                .hasMessageContaining("routes.json");
    }

    private void assertRefused(Archives archive, String message) {
        assertThatThrownBy(() -> bundles.deploy(archive.zip()))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_BUNDLE))
                .hasMessageContaining(message);
    }
}
