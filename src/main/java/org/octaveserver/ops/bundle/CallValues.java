package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.json.JsonValueReader;

/** The inputs of the calls that {@code ops.json} has made, those before the first call and those on trial. */
final class CallValues {
    private CallValues() {}

    /**
     * The values of an array in MPS's notation.
     *
     * @param where it stands in {@code ops.json}
     * @throws OpsException INVALID_BUNDLE when one is no value, naming it
     */
    static List<OctaveValue> read(JsonNode rhs, String where) throws IOException {
        List<OctaveValue> values = new ArrayList<>();
        for (int i = 0; i < rhs.size(); i++) {
            try (JsonParser parser = rhs.get(i).traverse()) {
                parser.nextToken();
                values.add(new JsonValueReader().read(parser, where + "[" + i + "]"));
            } catch (OpsException e) {
                throw new OpsException(ErrorCode.INVALID_BUNDLE, OpsJson.NAME + ": " + e.getMessage(), e);
            }
        }
        return values;
    }
}
