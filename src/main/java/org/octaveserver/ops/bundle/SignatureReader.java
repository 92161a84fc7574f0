package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.json.JsonFault;

/**
 * Reads what a bundle says of its functions: in MPS's {@code <anything>functionSignatures.json} ("MATLAB Function
 * Signatures in JSON"), or in the same form as {@code signatures} of its {@code ops.json}. What is certainly a mistake
 * is refused with file and JSON pointer; members that it does not know are passed over, as MPS does.
 */
final class SignatureReader {
    private static final Pattern VERSION = Pattern.compile("1\\.[0-9]{1,9}\\.[0-9]{1,9}");

    private final Map<String, ExportedFunction> exports;

    /** A reader for a bundle with these functions. */
    SignatureReader(Map<String, ExportedFunction> exports) {
        this.exports = exports;
    }

    /** What the bundle declares, in whichever place it does. */
    DeclaredSignatures read(BundleTree tree, Manifest manifest) throws IOException {
        List<String> files = tree.signatureFiles();
        if (files.size() > 1) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "the bundle has more than one file of function signatures, " + Exports.list(files) + "; keep one");
        }
        if (!files.isEmpty() && manifest.signatures().isPresent()) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "function signatures stand both in " + files.get(0) + " and in " + OpsJson.NAME
                            + " (\"signatures\"); keep one");
        }
        if (manifest.signatures().isPresent()) {
            // It was read once, strictly, as a part of ops.json.
            return read(new SignatureNode(
                    StrictJson.tree(manifest.signatures().get()), new SignaturePlace(OpsJson.NAME, "/signatures")));
        }
        if (files.isEmpty()) {
            return DeclaredSignatures.NONE;
        }
        String name = files.get(0);
        return read(name, tree.manifestFile(name).orElseThrow());
    }

    /** Reads the text of a file. */
    DeclaredSignatures read(String file, String text) {
        SignaturePlace place = new SignaturePlace(file, "");
        try {
            JsonNode json = StrictJson.commentedTree(text);
            return read(new SignatureNode(json, place));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + ": ";
            throw place.refusal(where + "not valid JSON: " + JsonFault.reason(e));
        }
    }

    private DeclaredSignatures read(SignatureNode root) {
        Map<String, SignatureNode> members = root.object("one JSON object");
        root.member("_schemaVersion").ifPresent(SignatureReader::checkVersion);
        SignatureTypes types = new SignatureTypes(root.member("_typedefs"));
        Map<String, DeclaredSignatures.Declared> functions = new TreeMap<>();
        members.forEach((name, node) -> {
            if (!name.startsWith("_")) {
                functions.put(name, function(name, node, types));
            }
        });
        return new DeclaredSignatures(types.definitions(), functions);
    }

    private static void checkVersion(SignatureNode version) {
        if (!VERSION.matcher(version.text()).matches()) {
            throw version.place()
                    .refusal(Quoted.text(version.text())
                            + " is no version that OPS reads; that is 1.x.y, as in \"1.1.0\"");
        }
    }

    private DeclaredSignatures.Declared function(String name, SignatureNode node, SignatureTypes types) {
        ExportedFunction function = exports.get(name);
        if (function == null) {
            throw node.place()
                    .refusal("the bundle exports no function of this name; it exports "
                            + Exports.list(exports.keySet()));
        }
        node.object("an object with \"inputs\", \"outputs\" and \"purpose\"");
        return new DeclaredSignatures.Declared(
                node.member("purpose").map(SignatureNode::text),
                node.member("inputs").map(array -> arguments(array, types, "inputs", function.nargin())),
                node.member("outputs").map(array -> arguments(array, types, "outputs", function.nargout())));
    }

    /** The function may take fewer arguments than it names, but none that it does not. */
    private static List<Argument> arguments(SignatureNode array, SignatureTypes types, String what, int taken) {
        List<Argument> arguments = types.parts(array, true);
        if (taken >= 0 && arguments.size() > taken) {
            throw array.place().refusal("lists " + arguments.size() + " " + what + ", but the function has " + taken);
        }
        return arguments;
    }
}
