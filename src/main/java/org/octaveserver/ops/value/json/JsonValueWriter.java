package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;

/**
 * Writes values as JSON in one format (MPS: JSON representation of MATLAB data types). Stateless, so any number of
 * threads may use one.
 *
 * <p>{@link JsonValueReader} reads the same value back, bit by bit, with three exceptions. A sparse matrix comes back
 * full. All NaNs (Octave's NA too) come back as the one that Java calls canonical. And in small mode with {@link OutputFormat.NanInf#STRING} a scalar NaN or infinity that stands alone or as a
 * struct's field is a string, as MPS has it, and reads back as char.
 */
public final class JsonValueWriter {
    private final OutputFormat format;

    public JsonValueWriter(OutputFormat format) {
        this.format = format;
    }

    /**
     * Refuses what has no JSON form, so that no answer breaks off half-way.
     *
     * @param name what messages call the list, such as {@code lhs}
     * @throws OpsException {@code UNSUPPORTED_OUTPUT} with the path to a function handle, to a sparse matrix of more
     *     than 50 million elements, or to what is nested too deep
     */
    public void check(List<OctaveValue> values, String name) {
        for (int i = 0; i < values.size(); i++) {
            String path = name + "[" + i + "]";
            OutputCheck.fault(values.get(i)).ifPresent(fault -> {
                throw new OpsException(ErrorCode.UNSUPPORTED_OUTPUT, path + fault.path() + ": " + fault.problem());
            });
        }
    }

    /** Writes a value that {@link #check} does not refuse. */
    public void write(OctaveValue value, JsonGenerator generator) throws IOException {
        ElementWriters elements = new ElementWriters(generator, format.nanInf());
        LargeWriter large = new LargeWriter(generator, elements);
        if (format.mode() == OutputFormat.Mode.LARGE) {
            large.write(value);
        } else {
            new SmallWriter(generator, elements, large).write(value);
        }
    }
}
