package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.BundleReference;
import org.octaveserver.ops.bundle.Intake;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The JSON that asks for a release: {@code {"reason":"..","changes":[{"deploy":"a.tar.gz"},..]}}.
 *
 * @param reason why, or empty
 * @param changes in their order, at least one
 */
record ReleasePlan(String reason, List<PlannedChange> changes) {
    /** The body that it may be a part of goes on behind it, so it stays open. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(1 << 20)
                            .maxNestingDepth(8)
                            .build())
                    .build())
            .build();

    private static final Set<String> KINDS =
            new LinkedHashSet<>(List.of("deploy", "makeDefault", "retire", "rollback"));

    /** As many as there may be files. */
    private static final int MAX_CHANGES = 1000;

    ReleasePlan {
        changes = List.copyOf(changes);
    }

    /**
     * Reads it.
     *
     * @throws OpsException INVALID_JSON, INVALID_INPUT naming the member
     */
    static ReleasePlan read(InputStream body) {
        JsonNode tree = tree(body);
        if (!tree.isObject()) {
            throw invalid("the changes are an object: {\"reason\":\"...\",\"changes\":[...]}");
        }
        refuseOthers("", tree, Set.of("reason", "changes"));
        JsonNode list = tree.path("changes");
        if (!list.isArray() || list.isEmpty()) {
            throw invalid("\"changes\" is a list of at least one change");
        }
        if (list.size() > MAX_CHANGES) {
            throw new OpsException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "\"changes\" has " + list.size() + " changes; at most " + MAX_CHANGES + " are allowed");
        }
        List<PlannedChange> changes = new ArrayList<>();
        for (JsonNode change : list) {
            changes.add(change("changes[" + changes.size() + "]", change));
        }
        return new ReleasePlan(text("", tree, "reason").orElse(""), changes);
    }

    private static JsonNode tree(InputStream body) {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonNode tree = JSON.readTree(parser);
            if (parser.nextToken() == null && tree != null) {
                return tree;
            }
        } catch (IOException e) {
            String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
            throw new OpsException(ErrorCode.INVALID_JSON, "the changes are no JSON: " + why, e);
        }
        throw new OpsException(ErrorCode.INVALID_JSON, "the changes are no single JSON value");
    }

    private static PlannedChange change(String where, JsonNode change) {
        Set<String> kinds = new TreeSet<>(KINDS);
        kinds.removeIf(kind -> !change.has(kind));
        if (kinds.size() != 1) {
            throw invalid(where + " has exactly one of " + String.join(", ", KINDS));
        }
        String kind = kinds.iterator().next();
        return switch (kind) {
            case "deploy" -> deploy(where, change);
            case "rollback" -> rollBack(where, change);
            case "retire" -> {
                refuseOthers(where, change, Set.of(kind));
                yield retire(required(where, change, kind));
            }
            default -> {
                refuseOthers(where, change, Set.of(kind));
                yield makeDefault(where, required(where, change, kind));
            }
        };
    }

    private static PlannedChange deploy(String where, JsonNode change) {
        refuseOthers(where, change, Set.of("deploy", "default", "replace", "name", "runtime"));
        return new PlannedChange.Deploy(
                required(where, change, "deploy"),
                flag(where, change, "default", true),
                flag(where, change, "replace", false),
                text(where, change, "name"),
                text(where, change, "runtime"));
    }

    private static PlannedChange rollBack(String where, JsonNode change) {
        refuseOthers(where, change, Set.of("rollback", "name"));
        JsonNode release = change.get("rollback");
        if (!release.isIntegralNumber() || !release.canConvertToLong()) {
            throw invalid(where + ".rollback is the number of a release");
        }
        return new PlannedChange.RollBack(release.longValue(), text(where, change, "name"));
    }

    private static PlannedChange retire(String bundle) {
        BundleReference named = BundleReference.parse(bundle);
        return new PlannedChange.Retire(named.name(), named.version());
    }

    private static PlannedChange makeDefault(String where, String bundle) {
        BundleReference named = BundleReference.parse(bundle);
        return new PlannedChange.MakeDefault(
                named.name(),
                named.version().orElseThrow(() -> invalid(where + ".makeDefault names a version: name@1.2.3")));
    }

    /**
     * The files that are deployed, and how.
     *
     * @throws OpsException INVALID_INPUT when a file is deployed twice, or one that came is not deployed
     */
    Map<String, Intake.Wanted> files(Set<String> received) {
        Map<String, Intake.Wanted> files = new LinkedHashMap<>();
        for (PlannedChange change : changes) {
            if (change instanceof PlannedChange.Deploy deploy) {
                BundleNaming naming = deploy.name().map(BundleNaming::byDefault).orElse(BundleNaming.BY_FILE);
                if (files.put(deploy.file(), new Intake.Wanted(naming, deploy.runtime())) != null) {
                    throw invalid("the file \"" + deploy.file() + "\" is deployed twice");
                }
            }
        }
        Set<String> unused = new TreeSet<>(received);
        unused.removeAll(files.keySet());
        if (!unused.isEmpty()) {
            throw invalid("no change deploys " + String.join(", ", unused) + ", which the request has");
        }
        return files;
    }

    private static void refuseOthers(String where, JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid(
                        member(where, name) + " means nothing; known are " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    private static String required(String where, JsonNode object, String name) {
        return text(where, object, name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> invalid(member(where, name) + " is a text that is not empty"));
    }

    private static Optional<String> text(String where, JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw invalid(member(where, name) + " is a text");
        }
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.textValue());
    }

    private static boolean flag(String where, JsonNode object, String name, boolean otherwise) {
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw invalid(member(where, name) + " is true or false");
        }
        return value.isMissingNode() ? otherwise : value.booleanValue();
    }

    private static String member(String where, String name) {
        return where.isEmpty() ? "\"" + name + "\"" : where + "." + name;
    }

    private static OpsException invalid(String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, why);
    }
}
