package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;

/** A bundle that tells its content in every place a call comes through, so that a mixture of two shows. */
final class TellingBundle {
    static final String CALL = "{\"nargout\":1,\"rhs\":[],\"outputFormat\":{\"mode\":\"small\"}}";

    private static final int PLACES = 4;

    private TellingBundle() {}

    /**
     * The file of a bundle with a function {@code tell}.
     *
     * @param content what it tells: letters, digits, {@code . # -}
     */
    static byte[] zip(String name, String version, String content) {
        return TestBundle.named(name, version, "")
                .function(
                        "r = tell ()",
                        "file = fopen ([mfilename(\"fullpathext\")(1:end-6) \"data.txt\"]);",
                        "data = fgetl (file);",
                        "fclose (file);",
                        "r = [\"" + content + "\" \"|\" beside() \"|\" hidden() \"|\" data];")
                .function("r = beside ()", "r = \"" + content + "\";")
                .file("private/hidden.m", "function r = hidden ()\n  r = \"" + content + "\";\nendfunction\n")
                .file("data.txt", content)
                .zip();
    }

    /** What the body of an answer tells; all places must agree. */
    static String told(String body) {
        assertThat(body).startsWith("{\"lhs\":[\"").endsWith("\"]}");
        List<String> places = List.of(body.substring("{\"lhs\":[\"".length(), body.length() - "\"]}".length())
                .split("\\|", -1));
        assertThat(places).hasSize(PLACES).isEqualTo(Collections.nCopies(PLACES, places.get(0)));
        return places.get(0);
    }

    /** Calls it, and answers what it tells. */
    static String ask(TestServer server, String bundle) {
        var response = server.post("/" + bundle + "/tell", CALL);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return told(response.body());
    }
}
