package org.octaveserver.ops.bundle;

import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * A place in a file of signatures.
 *
 * @param file its name
 * @param pointer the JSON pointer (RFC 6901); empty for the whole
 */
record SignaturePlace(String file, String pointer) {
    SignaturePlace member(String name) {
        return new SignaturePlace(file, pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    SignaturePlace element(int index) {
        return new SignaturePlace(file, pointer + "/" + index);
    }

    /** The refusal of the bundle for what stands here. */
    OpsException refusal(String why) {
        return new OpsException(
                ErrorCode.INVALID_BUNDLE, shown(file) + ": " + (pointer.isEmpty() ? "" : shown(pointer) + ": ") + why);
    }

    /** Fit for a message, as in {@link Quoted}, but without the quotes that a path needs not. */
    private static String shown(String text) {
        String quoted = Quoted.text(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}
