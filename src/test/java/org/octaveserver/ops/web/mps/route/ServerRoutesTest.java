package org.octaveserver.ops.web.mps.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.bundle.route.RouteMatch;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.route.RouteTarget;
import org.octaveserver.ops.settings.SettingsException;

class ServerRoutesTest {
    @TempDir
    Path home;

    private Path conf;

    @BeforeEach
    void make() throws IOException {
        conf = Files.createDirectories(home.resolve("conf"));
        Files.writeString(conf.resolve("admin-token"), "secret");
        Files.createDirectories(conf.resolve("web"));
        Files.createDirectories(home.resolve("pages"));
    }

    private RouteTable read(String name) {
        return ServerRoutes.read(Optional.of(name), conf, conf.resolve("admin-token"));
    }

    private RouteTable of(String entry) throws IOException {
        Files.writeString(conf.resolve("routes.json"), "{\"version\":\"1.0.0\",\"pathmap\":[" + entry + "]}");
        return read("routes.json");
    }

    private static String files(String folder) {
        return "{\"match\":\"^/app/(.*)\",\"staticfiles\":{\"folder\":\"" + folder + "\"}}";
    }

    @Test
    void hasNoneWithoutTheSetting() {
        assertThat(ServerRoutes.read(Optional.empty(), conf, conf.resolve("admin-token")))
                .isEqualTo(RouteTable.EMPTY);
    }

    @Test
    void findsTheFileInConfOrWhereItIsNamed() throws IOException {
        String entry = "{\"match\":\"^/a\",\"webhandler\":{\"component\":\"demo@1.0\",\"function\":\"f\"}}";
        assertThat(of(entry).match("/a")).contains(new RouteMatch(new RouteTarget.Handler("demo@1.0", "f"), ""));
        assertThat(read(conf.resolve("routes.json").toString())).isEqualTo(of(entry));
    }

    @ParameterizedTest
    @CsvSource({"web, conf/web", "../pages, pages", "./web/, conf/web"})
    void findsFoldersBesideTheFile(String folder, String path) throws IOException {
        assertThat(of(files(folder)).match("/app/x").map(RouteMatch::target))
                .contains(new RouteTarget.StaticFiles(home.resolve(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../conf", "../..", "web/..", "/"})
    void servesNoFolderThatHoldsTheToken(String folder) {
        assertThatThrownBy(() -> of(files(folder)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ops.http.routes-file: " + conf.resolve("routes.json"))
                .hasMessageContaining("/pathmap/0/staticfiles/folder")
                .hasMessageContaining("admin-token, which must not be served");
    }

    @Test
    void seesThroughALinkToTheFolderOfTheToken() throws IOException {
        Files.createSymbolicLink(home.resolve("innocent"), home);
        assertThatThrownBy(() -> of(files("../innocent"))).hasMessageContaining("must not be served");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | line 1, column | not valid JSON",
                "{\"match\":\"(\",\"webhandler\":{\"component\":\"a\",\"function\":\"f\"}} | /pathmap/0/match | RE2",
                "{\"match\":\"a\",\"webhandler\":{\"component\":\"api\",\"function\":\"f\"}} | /pathmap/0/webhandler/component | no bundle can be named",
                "{\"match\":\"a\",\"webhandler\":{\"component\":\"a b\",\"function\":\"f\"}} | /pathmap/0/webhandler/component | no bundle can be named",
                "{\"match\":\"(a)\",\"staticfiles\":{\"folder\":\"none\"}} | /pathmap/0/staticfiles/folder | is no directory"
            })
    void refusesAFileThatIsWrongNamingSettingFileAndPlace(String entry, String pointer, String problem) {
        assertThatThrownBy(() -> of(entry))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ops.http.routes-file: " + conf.resolve("routes.json") + ": ")
                .hasMessageContaining(problem)
                .hasMessageContaining(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch.json", "web", "a\0b"})
    void refusesAFileThatCannotBeRead(String name) {
        assertThatThrownBy(() -> read(name))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ops.http.routes-file");
    }
}
