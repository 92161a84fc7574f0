package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.bundle.signature.TypeDefinition;
import org.octaveserver.ops.bundle.signature.ValueType;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class SignatureReaderTest {
    private static final String FILE = "myFunfunctionSignatures.json";
    private static final String STRUCT = "\"S\":{\"type\":\"struct\",\"fields\":[]}";
    private static final Map<String, ExportedFunction> EXPORTS = new TreeMap<>(Map.of(
            "myFun", new ExportedFunction("myFun", "myFun.m", 2, 1),
            "many", new ExportedFunction("many", "many.m", -2, -1),
            "pkg.sub.f", new ExportedFunction("pkg.sub.f", "+pkg/+sub/f.m", 0, 0)));

    private static DeclaredSignatures read(String text) {
        return new SignatureReader(EXPORTS).read(FILE, text);
    }

    private static ValueType type(String text) {
        return read("{\"myFun\":{\"inputs\":[{\"name\":\"x\",\"type\":" + text + "}]}}")
                .over(Map.of("myFun", Signature.UNKNOWN))
                .of("myFun")
                .inputs()
                .get(0)
                .type();
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .hasMessageStartingWith(FILE + ": " + message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_BUNDLE));
    }

    private static void refusesType(String type, String message) {
        refuses(
                "{\"_typedefs\":{" + STRUCT + "},\"myFun\":{\"inputs\":[{\"name\":\"x\",\"type\":" + type + "}]}}",
                "/myFun/inputs/0/type: " + message);
    }

    @Test
    void readsWhatMpsPackagerWritesBetweenComments() {
        DeclaredSignatures declared = read("""
                // Function Signatures
                // JSON-formatted text below this line.
                {
                  /* both kinds */
                  "_schemaVersion":"1.1.0",
                  "_typedefs":{
                    "in1Struct":{"purpose":"in1 structure","type":"struct",
                      "fields":[{"name":"field1","type":["double","size=1,1"],"purpose":"scalar"}]},
                    "outCell":{"purpose":"result","type":["cell"],
                      "elements":[{"type":["double","size=1,1"],"purpose":"first"}]}},
                  "myFun":{
                    "inputs":[{"name":"in1","type":["struct:in1Struct","size=1,1"],"purpose":"First input"},
                              {"name":"in2","type":"double","purpose":"Second // input"}],
                    "outputs":[{"name":"out","type":["cell:outCell","size=1,2"],"purpose":"The output"}],
                    "purpose":"help text"}
                }
                """);

        assertThat(declared.typedefs()).containsOnlyKeys("in1Struct", "outCell");
        ValueType scalar = new ValueType("double", List.of(1, 1), "");
        assertThat(declared.typedefs().get("in1Struct"))
                .isEqualTo(new TypeDefinition(
                        TypeDefinition.Kind.STRUCT,
                        "in1 structure",
                        List.of(new Argument("field1", scalar, "scalar"))));
        assertThat(declared.typedefs().get("outCell"))
                .isEqualTo(new TypeDefinition(
                        TypeDefinition.Kind.CELL, "result", List.of(new Argument("", scalar, "first"))));
        assertThat(declared.over(Map.of("myFun", Signature.UNKNOWN)).of("myFun"))
                .isEqualTo(new Signature(
                        "help text",
                        List.of(
                                new Argument("in1", new ValueType("struct", List.of(1, 1), "in1Struct"), "First input"),
                                new Argument("in2", new ValueType("double", List.of(), ""), "Second // input")),
                        List.of(new Argument("out", new ValueType("cell", List.of(1, 2), "outCell"), "The output"))));
    }

    @Test
    void leavesToOctaveWhatIsNotDeclared() {
        Signature derived = new Signature("derived", List.of(Argument.named("a")), List.of(Argument.named("r")));

        DeclaredSignatures declared = read("{\"myFun\":{\"purpose\":\"said\"},\"many\":{\"outputs\":[]}}");

        Map<String, Signature> all = declared.over(Map.of("myFun", derived, "many", derived, "pkg.sub.f", derived))
                .functions();
        assertThat(all.get("myFun")).isEqualTo(new Signature("said", derived.inputs(), derived.outputs()));
        assertThat(all.get("many")).isEqualTo(new Signature("derived", derived.inputs(), List.of()));
        assertThat(all.get("pkg.sub.f")).isEqualTo(derived);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"_anything\":[1],\"_schemaVersion\":\"1.0.0\"}",
                "{\"myFun\":{}}",
                "{\"myFun\":{\"platforms\":\"win64\",\"inputs\":[{\"name\":\"a\",\"kind\":\"required\"}]}}",
                "{\"pkg.sub.f\":{\"inputs\":[],\"outputs\":[]}}",
                "{\"many\":{\"inputs\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]}}",
                "{\"myFun\":{\"inputs\":[{\"name\":\"~\"},{\"name\":\"~\"}]}}"
            })
    void letsPassWhatIsNoCertainMistake(String text) {
        assertThatCode(() -> read(text)).doesNotThrowAnyException();
    }

    @Test
    void readsTypesInAnyOrderAndPassesOverWhatMatlabsEditorNeeds() {
        assertThat(type("\"char\"")).isEqualTo(new ValueType("char", List.of(), ""));
        assertThat(type("[]")).isEqualTo(ValueType.UNKNOWN);
        assertThat(type("[\"size=2,3,4\",\"int8\"]")).isEqualTo(new ValueType("int8", List.of(2, 3, 4), ""));
        assertThat(type("[\"double\",\"scalar\",\">=0\",\"choices={'a','b'}\"]"))
                .isEqualTo(new ValueType("double", List.of(), ""));
        assertThat(type("[\"my.pkg.Class\"]").className()).isEqualTo("my.pkg.Class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"size=", "size=1", "size=1,", "size=,1", "size=1,:", "size=-1,2", "size=1x2", "size=1,9999999999"
            })
    void refusesASizeThatIsNone(String size) {
        refusesType("[\"double\",\"" + size + "\"]", "\"" + size + "\" is no size; write \"size=\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "{}", "true"})
    void refusesATypeThatIsNeitherStringNorList(String type) {
        refusesType(type, "must be a string or an array of strings");
    }

    @Test
    void refusesAlternativesOfTypes() {
        refuses(
                "{\"myFun\":{\"inputs\":[{\"name\":\"x\",\"type\":[[\"char\"],[\"double\"]]}]}}",
                "/myFun/inputs/0/type/0: must be a string");
    }

    @Test
    void refusesATypedefThatIsNotThereOrOfTheOtherKind() {
        refusesType("\"struct:T\"", "\"struct:T\" names a typedef that is not in _typedefs, which has S");
        refusesType("[\"cell:S\"]", "\"cell:S\" names a typedef that is no cell");
        refuses(
                "{\"myFun\":{\"outputs\":[{\"name\":\"x\",\"type\":\"cell:T\"}]}}",
                "/myFun/outputs/0/type: \"cell:T\" names a typedef that is not in _typedefs, which has none");
    }

    @Test
    void refusesAFunctionThatIsNotExported() {
        refuses(
                "{\"secret\":{}}",
                "/secret: the bundle exports no function of this name; it exports many, myFun, pkg.sub.f");
    }

    @Test
    void refusesMoreArgumentsThanTheFunctionTakes() {
        String three = "[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]";
        refuses("{\"myFun\":{\"inputs\":" + three + "}}", "/myFun/inputs: lists 3 inputs, but the function has 2");
        refuses("{\"myFun\":{\"outputs\":" + three + "}}", "/myFun/outputs: lists 3 outputs, but the function has 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                   | must be one JSON object",
                "{\"myFun\":[]}                       | /myFun: must be an object with",
                "{\"myFun\":{\"inputs\":{}}}          | /myFun/inputs: must be an array of objects",
                "{\"myFun\":{\"inputs\":[1]}}         | /myFun/inputs/0: must be an object with a \"name\"",
                "{\"myFun\":{\"inputs\":[{}]}}        | /myFun/inputs/0: has no \"name\"",
                "{\"myFun\":{\"inputs\":[{\"name\":1}]}} | /myFun/inputs/0/name: must be a string",
                "{\"myFun\":{\"purpose\":[]}}         | /myFun/purpose: must be a string",
                "{\"myFun\":{\"purpose\":\"a\\ud800b\"}} | /myFun/purpose: has half of a surrogate pair",
                "{\"_schemaVersion\":1}               | /_schemaVersion: must be a string",
                "{\"_schemaVersion\":\"1.1\"}         | /_schemaVersion: \"1.1\" is no version that OPS reads",
                "{\"_schemaVersion\":\"2.0.0\"}       | /_schemaVersion: \"2.0.0\" is no version that OPS reads",
                "{\"_typedefs\":[]}                   | /_typedefs: must be an object",
                "{\"_typedefs\":{\"a b\":{}}}         | /_typedefs/a b: a typedef's name is made of",
                "{\"_typedefs\":{\"A\":1}}            | /_typedefs/A: must be an object",
                "{\"_typedefs\":{\"A\":{}}}           | /_typedefs/A: has no \"type\"",
                "{\"_typedefs\":{\"A\":{\"type\":\"double\"}}} | /_typedefs/A/type: must be \"struct\" or \"cell\"",
                "{\"_typedefs\":{\"A\":{\"type\":\"struct\"}}} | /_typedefs/A: is a struct and needs \"fields\"",
                "{\"_typedefs\":{\"A\":{\"type\":\"cell\",\"fields\":[]}}} | /_typedefs/A: is a cell and needs \"elements\""
            })
    void refusesWhatHasAnotherFormAndSaysWhere(String text, String message) {
        refuses(text, message);
    }

    @Test
    void refusesTheSameNameTwice() {
        refuses(
                "{\"myFun\":{\"inputs\":[{\"name\":\"a\"},{\"name\":\"a\"}]}}",
                "/myFun/inputs/1/name: \"a\" is there twice");
        refuses("{\"myFun\":{},\n\"myFun\":{}}", "2:8: not valid JSON: Duplicate field 'myFun'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} x", "{'myFun':{}}", "{\"myFun\":{},}", "# no\n{}", "/* never ends"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(OpsException.class).hasMessageStartingWith(FILE + ": ");
    }

    @Test
    void refusesTypedefsThatStandInEachOtherWithoutEnd() {
        refuses("{\"_typedefs\":{" + nested("A", "A") + "}}", "/_typedefs/A: typedefs stand in each other");
        refuses(
                "{\"_typedefs\":{" + nested("A", "B") + "," + nested("B", "A") + "}}",
                "/_typedefs/A: typedefs stand in each other more than 32 deep, or in a circle");
    }

    @Test
    void takesAChainOf32TypedefsAndNoLongerOne() {
        assertThat(read("{\"_typedefs\":{" + chain(32) + "}}").typedefs()).hasSize(32);
        refuses("{\"_typedefs\":{" + chain(33) + "}}", "/_typedefs/T0: typedefs stand in each other");
        refuses("{\"_typedefs\":{" + chain(20_000) + "}}", "/_typedefs/T0: typedefs stand in each other");
    }

    @Test
    void isNotDelayedByTypedefsThatStandInEachOtherInManyWays() {
        String wide = IntStream.range(0, 31)
                .mapToObj(i -> "\"T" + i + "\":{\"type\":\"struct\",\"fields\":["
                        + IntStream.range(i + 1, 31)
                                .mapToObj(j -> "{\"name\":\"f" + j + "\",\"type\":\"struct:T" + j + "\"}")
                                .collect(Collectors.joining(","))
                        + "]}")
                .collect(Collectors.joining(","));

        assertThat(read("{\"_typedefs\":{" + wide + "}}").typedefs()).hasSize(31);
    }

    @Test
    void refusesWhatNestsDeeperThanAnyHonestFile() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("not valid JSON: Document nesting depth (33) exceeds the maximum allowed (32)")
                .hasMessageNotContaining("`");
    }

    @Test
    void showsHostileNamesEscapedAndShort() {
        assertThatThrownBy(() -> read("{\"a\\n/\\u202e" + "x".repeat(1000) + "\":{}}"))
                .hasMessageStartingWith(FILE + ": /a\\u000a~1\\u202exxx")
                .hasMessageContaining("x...: the bundle exports no function");
    }

    private static String nested(String name, String inner) {
        return "\"" + name + "\":{\"type\":\"cell\",\"elements\":[{\"type\":\"cell:" + inner + "\"}]}";
    }

    private static String chain(int length) {
        String links = IntStream.range(0, length - 1)
                .mapToObj(i -> nested("T" + i, "T" + (i + 1)) + ",")
                .collect(Collectors.joining());
        return links + "\"T" + (length - 1) + "\":{\"type\":\"cell\",\"elements\":[]}";
    }
}
