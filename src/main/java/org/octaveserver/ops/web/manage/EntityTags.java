package org.octaveserver.ops.web.manage;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** The number of a release as an entity tag (RFC 9110, 8.8.3): who sends it back means that release. */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("\"?([0-9]{1,18})\"?");

    private EntityTags() {}

    static String of(long release) {
        return "\"" + release + "\"";
    }

    /**
     * The release that {@code If-Match} asks for; nothing when any will do.
     *
     * @throws OpsException INVALID_INPUT when it is no release
     */
    static OptionalLong expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return OptionalLong.empty();
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT, "the header If-Match is the number of a release in quotes: \"12\"");
        }
        return OptionalLong.of(Long.parseLong(tag.group(1)));
    }
}
