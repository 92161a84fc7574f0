package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;

/**
 * Reads values from JSON in large and small notation, freely mixed (MPS: JSON representation of MATLAB data types).
 * Stateless, so any number of threads may use one.
 *
 * <p>A number is a double; a string a char row, as are a byte's escapes {@code \udc80} to {@code \udcff} in it (a byte
 * that is no UTF-8, as in Python's PEP 383); a flat array a row; nested arrays an array with dimension 1 outermost; an
 * object without {@code mwdata}, {@code mwsize} and {@code mwtype} a struct. The size of a char array is recomputed
 * from its text. Memory stays near what the text takes, whatever sizes are declared.
 */
public final class JsonValueReader {
    /**
     * Reads the value whose first token is the parser's current one, and leaves the parser on its last.
     *
     * @param path what messages call the value, such as {@code rhs[1]}
     * @throws OpsException {@code INVALID_ARGUMENT} with the path to what breaks the notation;
     *     {@code VALUE_TOO_LARGE} for more than 2 GB
     * @throws IOException when the parser fails: it cannot read, or the text is no JSON
     */
    public OctaveValue read(JsonParser parser, String path) throws IOException {
        return new ValueDecoder(TapeRecorder.record(parser, path)).decode(0, 0);
    }
}
