package org.octaveserver.ops.cli.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.json.JsonFault;

/** Finds name and version: in {@code ops.json}, else in {@code DESCRIPTION}, else the name of the folder. */
final class IdentityReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+-]{0,63}");

    private final Path directory;

    IdentityReader(Path directory) {
        this.directory = directory;
    }

    Identity read() throws IOException {
        JsonNode ops = opsJson();
        String name = stated(ops, "name").orElseGet(this::folderName);
        String version = stated(ops, "version").orElse(Identity.NO_VERSION);
        return new Identity(checked(NAME, name, "name"), checked(VERSION, version, "version"));
    }

    private Optional<String> stated(JsonNode ops, String field) {
        JsonNode value = ops.path(field);
        if (value.isMissingNode()) {
            return description(field);
        }
        if (!value.isTextual()) {
            throw invalid(directory.resolve(BundlePacker.OPS_JSON) + ": \"" + field + "\" must be a string");
        }
        return Optional.of(value.textValue());
    }

    private JsonNode opsJson() throws IOException {
        Path file = directory.resolve(BundlePacker.OPS_JSON);
        JsonMapper mapper = JsonMapper.builder().build();
        if (!Files.isRegularFile(file)) {
            return mapper.createObjectNode();
        }
        try {
            JsonNode ops = mapper.readTree(file.toFile());
            if (ops.isObject()) {
                return ops;
            }
        } catch (JsonProcessingException e) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    file + ", line " + e.getLocation().getLineNr() + ": " + JsonFault.reason(e),
                    e);
        }
        throw invalid(file + " must hold one JSON object");
    }

    private Optional<String> description(String field) {
        Path file = directory.resolve(BundlePacker.DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String prefix = field + ":";
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        } catch (IOException e) {
            throw new OpsException(ErrorCode.INVALID_BUNDLE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private String folderName() {
        Path name = directory.getFileName();
        return name == null ? "" : name.toString();
    }

    private String checked(Pattern allowed, String text, String what) {
        if (allowed.matcher(text).matches()) {
            return text;
        }
        throw invalid("\"" + text + "\" cannot be the " + what + " of the bundle in " + directory + "; allowed is "
                + allowed.pattern() + "; give it a \"" + what + "\" in ops.json");
    }

    private static OpsException invalid(String message) {
        return new OpsException(ErrorCode.INVALID_BUNDLE, message);
    }
}
