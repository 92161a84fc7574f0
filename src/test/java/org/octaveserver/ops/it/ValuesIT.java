package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every class of value through HTTP and real Octave, there and back. */
class ValuesIT {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of());
        server.deploy(TestBundle.named("values")
                .function("varargout = same (varargin)", "varargout = varargin;")
                .function(
                        "r = describe (x)",
                        "r = sprintf ('%s %s%s%s', class (x), mat2str (size (x)), ...",
                        "             ifelse (iscomplex (x), ' complex'), ifelse (issparse (x), ' sparse'));")
                .file(
                        "private/ifelse.m",
                        "function r = ifelse (t, text)\n  r = '';\n  if (t)\n    r = text;\n  endif\nendfunction\n")
                .function("r = made (code)", "r = eval (code);")
                .function("none ()", "")
                .function("varargout = many ()", "for i = 1:nargout", "  varargout{i} = i;", "endfor"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mwdata\":[1.5,-0,\"NaN\",\"Inf\",\"-Inf\",4.9E-324,1.7976931348623157E308],\"mwsize\":[1,7],\"mwtype\":\"double\"}",
                "{\"mwdata\":[1.5,0.1],\"mwsize\":[2,1],\"mwtype\":\"single\"}",
                "{\"mwdata\":[-128,127],\"mwsize\":[1,2],\"mwtype\":\"int8\"}",
                "{\"mwdata\":[0,255],\"mwsize\":[1,2],\"mwtype\":\"uint8\"}",
                "{\"mwdata\":[-32768,32767],\"mwsize\":[1,2],\"mwtype\":\"int16\"}",
                "{\"mwdata\":[0,65535],\"mwsize\":[1,2],\"mwtype\":\"uint16\"}",
                "{\"mwdata\":[-2147483648,2147483647],\"mwsize\":[1,2],\"mwtype\":\"int32\"}",
                "{\"mwdata\":[0,4294967295],\"mwsize\":[1,2],\"mwtype\":\"uint32\"}",
                "{\"mwdata\":[-9223372036854775808,9007199254740993,9223372036854775807],\"mwsize\":[1,3],\"mwtype\":\"int64\"}",
                "{\"mwdata\":[0,18446744073709551615],\"mwsize\":[1,2],\"mwtype\":\"uint64\"}",
                "{\"mwdata\":[true,false],\"mwsize\":[1,2],\"mwtype\":\"logical\"}",
                "{\"mwdata\":[\"hey\"],\"mwsize\":[1,3],\"mwtype\":\"char\"}",
                "{\"mwdata\":[\"acbd\"],\"mwsize\":[2,2],\"mwtype\":\"char\"}",
                "{\"mwdata\":[\"süß 😀\"],\"mwsize\":[1,10],\"mwtype\":\"char\"}",
                "{\"mwdata\":[\"\"],\"mwsize\":[0,0],\"mwtype\":\"char\"}",
                "{\"mwcomplex\":true,\"mwdata\":[3,4,5,-1],\"mwsize\":[1,2],\"mwtype\":\"double\"}",
                "{\"mwcomplex\":true,\"mwdata\":[1,0],\"mwsize\":[1,1],\"mwtype\":\"double\"}",
                "{\"mwcomplex\":true,\"mwdata\":[0.1,\"NaN\"],\"mwsize\":[1,1],\"mwtype\":\"single\"}",
                "{\"mwdata\":[{\"mwdata\":[1],\"mwsize\":[1,1],\"mwtype\":\"double\"},{\"mwdata\":[\"a\"],\"mwsize\":[1,1],\"mwtype\":\"char\"}],\"mwsize\":[2,1],\"mwtype\":\"cell\"}",
                "{\"mwdata\":{\"name\":[{\"mwdata\":[\"Ed\"],\"mwsize\":[1,2],\"mwtype\":\"char\"},{\"mwdata\":[\"Al\"],\"mwsize\":[1,2],\"mwtype\":\"char\"}]},\"mwsize\":[1,2],\"mwtype\":\"struct\"}",
                "{\"mwdata\":{\"f\":[]},\"mwsize\":[0,0],\"mwtype\":\"struct\"}",
                "{\"mwdata\":[1,2,3,4,5,6,7,8],\"mwsize\":[2,2,2],\"mwtype\":\"double\"}",
                "{\"mwdata\":[],\"mwsize\":[0,0],\"mwtype\":\"double\"}",
                "{\"mwdata\":[],\"mwsize\":[0,3],\"mwtype\":\"int16\"}",
                "{\"mwdata\":[],\"mwsize\":[1,0],\"mwtype\":\"logical\"}",
                "{\"mwdata\":[],\"mwsize\":[3,0,2],\"mwtype\":\"cell\"}",
            })
    void comesBackAsItWent(String value) {
        HttpResponse<String> response = server.post("/values/same", "{\"nargout\":1,\"rhs\":[" + value + "]}");

        assertThat(response.body()).isEqualTo("{\"lhs\":[" + value + "]}");
        // As captured from MPS: without charset, with a length, not in chunks.
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(response.headers().firstValueAsLong("Content-Length")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    5                                | double [1 1]
                    [1,2,3]                          | double [1 3]
                    [[1],[2]]                        | double [2 1]
                    [[[1,2],[3,4]],[[5,6],[7,8]]]    | double [2 2 2]
                    true                             | logical [1 1]
                    "hey"                            | char [1 3]
                    ""                               | char [0 0]
                    []                               | double [0 0]
                    {"a":1,"b":{"c":"x"}}            | struct [1 1]
                    {"mwdata":"NaN"}                 | double [1 1]
                    {"mwdata":[1,0],"mwcomplex":true,"mwsize":[1,1],"mwtype":"double"} | double [1 1] complex
                    {"mwdata":["a","b"],"mwsize":[1,2],"mwtype":"string"} | cell [1 2]
                    """)
    void arrivesInOctaveAs(String value, String description) {
        assertThat(server.call("/values/describe", 1, "[" + value + "]").get(0).asText())
                .isEqualTo(description);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    1:3                         | {"mwdata":[1,2,3],"mwsize":[1,3],"mwtype":"double"}
                    -(0:1)                      | {"mwdata":[-0,-1],"mwsize":[1,2],"mwtype":"double"}
                    eye (2)                     | {"mwdata":[1,0,0,1],"mwsize":[2,2],"mwtype":"double"}
                    eye (2)(:, [2, 1])          | {"mwdata":[0,1,1,0],"mwsize":[2,2],"mwtype":"double"}
                    [true; false]               | {"mwdata":[true,false],"mwsize":[2,1],"mwtype":"logical"}
                    sparse ([0, 2; 0, 0])       | {"mwdata":[0,0,2,0],"mwsize":[2,2],"mwtype":"double"}
                    sparse ([true, false])      | {"mwdata":[true,false],"mwsize":[1,2],"mwtype":"logical"}
                    int8 (1):int8 (3)           | {"mwdata":[1,2,3],"mwsize":[1,3],"mwtype":"int8"}
                    pi                          | {"mwdata":[3.141592653589793],"mwsize":[1,1],"mwtype":"double"}
                    single (pi)                 | {"mwdata":[3.1415927],"mwsize":[1,1],"mwtype":"single"}
                    1e300                       | {"mwdata":[1E300],"mwsize":[1,1],"mwtype":"double"}
                    NA                          | {"mwdata":["NaN"],"mwsize":[1,1],"mwtype":"double"}
                    char ([200, 65])            | {"mwdata":["\\udcc8A"],"mwsize":[1,2],"mwtype":"char"}
                    """)
    void leavesOctaveAs(String code, String value) {
        String body = "{\"nargout\":1,\"rhs\":[\"" + code + "\"]}";

        assertThat(server.post("/values/made", body).body()).isEqualTo("{\"lhs\":[" + value + "]}");
    }

    @Test
    void smallNotationFallsBackToLargeForEachOutputOfItsOwn() {
        JsonNode outputs = server.call(
                "/values/same", 3, "[[[1,2],[3,4]],{\"mwdata\":[7],\"mwsize\":[1,1],\"mwtype\":\"int8\"},\"text\"]");

        assertThat(outputs.get(0).toString()).isEqualTo("[[1,2],[3,4]]");
        assertThat(outputs.get(1).get("mwtype").asText()).isEqualTo("int8");
        assertThat(outputs.get(2).asText()).isEqualTo("text");
    }

    @Test
    void asManyOutputsComeAsAreAskedFor() {
        assertThat(server.post("/values/none", "{\"nargout\":0,\"rhs\":[]}").body())
                .isEqualTo("{\"lhs\":[]}");
        assertThat(server.call("/values/many", 5, "[]")).hasSize(5);
        assertThat(server.call("/values/many", 0, "[]")).isEmpty();
    }

    @Test
    void alargeMatrixComesBack() {
        StringBuilder row = new StringBuilder("[");
        for (int i = 0; i < 200_000; i++) {
            row.append(i == 0 ? "" : ",").append(i).append(".5");
        }
        row.append("]");

        JsonNode back = server.call("/values/same", 1, "[" + row + "]").get(0).get(0);

        assertThat(back).hasSize(200_000);
        assertThat(back.get(199_999).asDouble()).isEqualTo(199_999.5);
    }
}
