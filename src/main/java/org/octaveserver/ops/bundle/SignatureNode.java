package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a file of signatures that knows where it stands, so that whatever is wrong with it is told by name.
 *
 * @param json what stands there
 * @param place where
 */
record SignatureNode(JsonNode json, SignaturePlace place) {
    Optional<SignatureNode> member(String name) {
        JsonNode found = json.path(name);
        return found.isMissingNode() ? Optional.empty() : Optional.of(new SignatureNode(found, place.member(name)));
    }

    /** The members of an object in their order, or a refusal that says {@code what} it should be. */
    Map<String, SignatureNode> object(String what) {
        if (!json.isObject()) {
            throw place.refusal("must be " + what);
        }
        Map<String, SignatureNode> members = new LinkedHashMap<>();
        json.properties()
                .forEach(field ->
                        members.put(field.getKey(), new SignatureNode(field.getValue(), place.member(field.getKey()))));
        return members;
    }

    /** The elements of an array, or a refusal that says {@code what} it should be. */
    List<SignatureNode> array(String what) {
        if (!json.isArray()) {
            throw place.refusal("must be " + what);
        }
        List<SignatureNode> elements = new ArrayList<>();
        for (JsonNode one : json) {
            elements.add(new SignatureNode(one, place.element(elements.size())));
        }
        return elements;
    }

    String text() {
        if (!json.isTextual()) {
            throw place.refusal("must be a string");
        }
        String text = json.textValue();
        // JSON can write half of a character, UTF-8 cannot: no answer could hold it.
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw place.refusal("has half of a surrogate pair in it, which is no character");
        }
        return text;
    }

    /** The text of a member, or empty without it. */
    String text(String name) {
        return member(name).map(SignatureNode::text).orElse("");
    }
}
