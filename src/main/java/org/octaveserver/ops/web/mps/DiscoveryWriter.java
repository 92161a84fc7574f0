package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.bundle.signature.Signatures;
import org.octaveserver.ops.bundle.signature.TypeDefinition;
import org.octaveserver.ops.bundle.signature.TypeDefinition.Kind;
import org.octaveserver.ops.bundle.signature.ValueType;

/**
 * Writes what MPS answers to "GET Discovery Information", members in its order. Leaves streams open. Any number of
 * threads may use one writer.
 *
 * <p>An unknown class is {@code "mwtype":""}: the member must be there and be a string, because MathWorks' generator of
 * OpenAPI descriptions reads it of every argument, and takes what it does not know for any object.
 */
final class DiscoveryWriter {
    private static final String DISCOVERY_SCHEMA = "1.0.0";
    private static final String ARCHIVE_SCHEMA = "1.1.0";
    private static final int UUID_DIGITS = 32;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /**
     * Writes a release.
     *
     * @param signatures by name of their bundle
     * @param octave the version of Octave, or empty
     */
    void write(Release release, Map<String, Signatures> signatures, String octave, OutputStream out)
            throws IOException {
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("discoverySchemaVersion", DISCOVERY_SCHEMA);
            json.writeObjectFieldStart("archives");
            for (BundleVersion version : release.defaults()) {
                String name = version.name().text();
                archive(version, signatures.getOrDefault(name, Signatures.NONE), octave, json);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void archive(BundleVersion version, Signatures signatures, String octave, JsonGenerator json)
            throws IOException {
        String name = version.name().text();
        json.writeObjectFieldStart(name);
        json.writeStringField("archiveSchemaVersion", ARCHIVE_SCHEMA);
        json.writeStringField("archiveUuid", name + "_" + uuid(version));
        json.writeStringField("name", name);
        json.writeStringField("matlabRuntimeVersion", octave);
        json.writeStringField("matlabRuntimeRelease", octave.isEmpty() ? "" : "Octave " + octave);
        json.writeStringField("octaveVersion", octave);
        json.writeObjectFieldStart("typedefs");
        for (Map.Entry<String, TypeDefinition> typedef : signatures.typedefs().entrySet()) {
            typedef(typedef.getKey(), typedef.getValue(), json);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("functions");
        for (String function : version.functions().keySet()) {
            function(function, signatures.of(function), json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Changes with the content, and with nothing else. */
    private static String uuid(BundleVersion version) {
        return version.digest().substring(0, UUID_DIGITS).toUpperCase(Locale.ROOT);
    }

    private static void typedef(String name, TypeDefinition typedef, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("mwtype", typedef.kind().className());
        json.writeStringField("help", typedef.help());
        json.writeArrayFieldStart(typedef.kind().partsName());
        for (Argument part : typedef.parts()) {
            argument(part, typedef.kind() == Kind.STRUCT, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void function(String name, Signature signature, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("signatures");
        json.writeStartObject();
        json.writeStringField("help", signature.help());
        arguments("inputs", signature.inputs(), json);
        arguments("outputs", signature.outputs(), json);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void arguments(String name, List<Argument> arguments, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Argument argument : arguments) {
            argument(argument, true, json);
        }
        json.writeEndArray();
    }

    private static void argument(Argument argument, boolean named, JsonGenerator json) throws IOException {
        ValueType type = argument.type();
        json.writeStartObject();
        if (named) {
            json.writeStringField("name", argument.name());
        }
        json.writeStringField("mwtype", type.className());
        json.writeArrayFieldStart("mwsize");
        for (int extent : type.size()) {
            json.writeNumber(extent);
        }
        json.writeEndArray();
        json.writeStringField("help", argument.help());
        if (!type.typedef().isEmpty()) {
            json.writeStringField("typedef", type.typedef());
        }
        json.writeEndObject();
    }
}
