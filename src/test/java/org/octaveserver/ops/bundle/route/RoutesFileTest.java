package org.octaveserver.ops.bundle.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesFileTest {
    private static final Path ROOT = Path.of("/store/demo/source");

    private static String file(String entries) {
        return "{\"version\":\"1.0.0\",\"pathmap\":[" + entries + "]}";
    }

    private static String handler(String match, String more) {
        return "{\"match\":\"" + match + "\",\"webhandler\":{" + more + "}}";
    }

    @Test
    void readsTheRoutesOfAServer() throws Exception {
        RouteTable table = RoutesFile.ofServer(
                file(handler("^/hello/.*", "\"component\":\"a\",\"function\":\"f\"") + ","
                        + "{\"match\":\"^/app/(.*)$\",\"staticfiles\":{\"folder\":\"../web\"}}"),
                Path.of("/home/conf"));
        assertThat(table.match("/hello/x")).contains(new RouteMatch(new RouteTarget.Handler("a", "f"), ""));
        assertThat(table.match("/app/i.html"))
                .contains(new RouteMatch(new RouteTarget.StaticFiles(Path.of("/home/web")), "i.html"));
        assertThat(table.match("/other")).isEmpty();
    }

    @Test
    void readsTheRoutesOfABundle() throws Exception {
        RouteTable table = RoutesFile.ofBundle(
                file(handler("^/mcp$", "\"function\":\"prodserver.mcp.handler\"") + ","
                        + "{\"match\":\"^/(.*)\",\"staticfiles\":{\"folder\":\"web/public\"}}"),
                ROOT);
        assertThat(table.match("/mcp"))
                .contains(new RouteMatch(new RouteTarget.Handler("", "prodserver.mcp.handler"), ""));
        assertThat(table.match("/mcp/x"))
                .contains(new RouteMatch(new RouteTarget.StaticFiles(ROOT.resolve("web/public")), "mcp/x"));
    }

    @Test
    void takesTheFirstRouteThatMatches() throws Exception {
        RouteTable table = RoutesFile.ofBundle(
                file(handler("^/a", "\"function\":\"first\"") + "," + handler("^/ab", "\"function\":\"second\"")),
                ROOT);
        assertThat(table.match("/ab").map(RouteMatch::target)).contains(new RouteTarget.Handler("", "first"));
    }

    @Test
    void readsTheSameTableTwiceAsEqual() throws Exception {
        String text = file(handler("^/a", "\"function\":\"f\""));
        assertThat(RoutesFile.ofBundle(text, ROOT)).isEqualTo(RoutesFile.ofBundle(text, ROOT));
        assertThat(RoutesFile.ofBundle(file(""), ROOT)).isEqualTo(RouteTable.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{| line 1, column",
                "''| the file: must be an object",
                "[]| the file: must be an object with version, pathmap",
                "{} {}| line 1, column",
                "{\"version\":\"1.0.0\",\"version\":\"1.0.0\"}| Duplicate field",
                "{\"pathmap\":[]}| /version: must be \"1.0.0\"",
                "{\"version\":\"2.0.0\",\"pathmap\":[]}| /version: must be \"1.0.0\"",
                "{\"version\":\"1.0.0\"}| /pathmap: must be an array",
                "{\"version\":\"1.0.0\",\"pathmap\":{}}| /pathmap: must be an array",
                "{\"version\":\"1.0.0\",\"pathmap\":[],\"x/y~\":1}| /x~1y~0: is not known here; known are version, pathmap"
            })
    void refusesAFileOfAnotherForm(String text, String message) {
        assertThatThrownBy(() -> RoutesFile.ofServer(text, ROOT))
                .isInstanceOf(RoutesFileException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1| /pathmap/0: must be an object",
                "{}| /pathmap/0/match: must be a text",
                "{\"match\":3}| /pathmap/0/match: must be a text",
                "{\"match\":\"^/a\"}| /pathmap/0: must have either",
                "{\"match\":\"^/a\",\"webhandler\":{\"function\":\"f\"},\"staticfiles\":{\"folder\":\"w\"}}| /pathmap/0: must have either",
                "{\"match\":\"^/a\",\"handler\":{}}| /pathmap/0/handler: is not known here",
                "{\"match\":\"^/a\",\"webhandler\":\"f\"}| /pathmap/0/webhandler: must be an object",
                "{\"match\":\"^/a\",\"webhandler\":{}}| /pathmap/0/webhandler/function: must be a text",
                "{\"match\":\"^/a\",\"webhandler\":{\"function\":\"\"}}| /pathmap/0/webhandler/function: must be a text",
                "{\"match\":\"^/a\",\"webhandler\":{\"function\":\"f\",\"component\":\"a\"}}| /pathmap/0/webhandler/component: leave it out",
                "{\"match\":\"(\",\"webhandler\":{\"function\":\"f\"}}| /pathmap/0/match: not a regular expression",
                "{\"match\":\"^/a\",\"staticfiles\":{\"folder\":\"w\"}}| /pathmap/0/staticfiles: \"match\" must have exactly one group",
                "{\"match\":\"^/(a)(b)\",\"staticfiles\":{\"folder\":\"w\"}}| /pathmap/0/staticfiles: \"match\" must have exactly one group"
            })
    void refusesAnEntryOfAnotherForm(String entry, String message) {
        assertThatThrownBy(() -> RoutesFile.ofBundle(file(entry), ROOT))
                .isInstanceOf(RoutesFileException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void wantsTheComponentInTheRoutesOfAServer() {
        assertThatThrownBy(() -> RoutesFile.ofServer(file(handler("^/a", "\"function\":\"f\"")), ROOT))
                .hasMessageStartingWith("/pathmap/0/webhandler/component: must be a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../x", "a/../b", "/etc", "a//b", "a/", ".git", "a/.b", "a\\\\b", "./a"})
    void keepsFoldersOfABundleInsideIt(String folder) {
        assertThatThrownBy(() -> RoutesFile.ofBundle(
                        file("{\"match\":\"^/(.*)\",\"staticfiles\":{\"folder\":\"" + folder + "\"}}"), ROOT))
                .hasMessageStartingWith("/pathmap/0/staticfiles/folder: must name a folder in the bundle");
    }

    @Test
    void refusesMoreRoutesOrLargerExpressionsThanARequestShouldWaitFor() {
        String one = handler("^/a", "\"function\":\"f\"");
        assertThatThrownBy(() -> RoutesFile.ofBundle(file(String.join(",", Collections.nCopies(501, one))), ROOT))
                .hasMessageStartingWith("/pathmap: must be an array of at most 500");
        String large = handler("(.{30}){30}", "\"function\":\"f\"");
        assertThatThrownBy(() -> RoutesFile.ofBundle(file(String.join(",", Collections.nCopies(20, large))), ROOT))
                .hasMessageContaining("too large together");
    }
}
