package org.octaveserver.ops.it;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/**
 * A value as one line that holds its class, size, complexity and every bit, but for what JSON cannot carry: all NaNs are
 * one, and sparse is full. {@code exact_text.m} writes the same line inside Octave.
 */
final class ExactText implements OctaveValue.Visitor<String, RuntimeException> {
    /** The same in Octave. */
    static final String SOURCE = """
            function t = exact_text (x)
              t = [class(x), "[", sprintf("%d,", size (x)), "]"];
              if (iscell (x))
                t = [t, "{", texts(x), "}"];
              elseif (isstruct (x))
                names = fieldnames (x);
                for i = 1:numel (names)
                  t = [t, ".", names{i}, "{", texts(reshape ({x.(names{i})}, 1, [])), "}"];
                endfor
              elseif (iscomplex (x))
                if (issparse (x))
                  x = full (x);  # only then: it makes a real of a complex number whose imaginary part is -0
                endif
                pairs = [reshape(real (x), 1, []); reshape(imag (x), 1, [])];
                t = [t, "i:", bits(pairs(:)')];
              else
                t = [t, ":", bits(reshape (full (x), 1, []))];
              endif
            endfunction
            function t = texts (c)
              t = "";
              for i = 1:numel (c)
                t = [t, exact_text(c{i}), ";"];
              endfor
            endfunction
            function t = bits (x)
              if (islogical (x) || ischar (x))
                x = uint8 (x);
              elseif (isfloat (x))
                x(isnan (x)) = NaN;
              endif
              t = sprintf ("%02x", typecast (x, "uint8"));
            endfunction
            """;

    private ExactText() {}

    static String of(OctaveValue value) {
        return value.accept(new ExactText());
    }

    private static String head(OctaveValue value) {
        return value.className()
                + IntStream.range(0, value.dimensions().rank())
                        .mapToObj(i -> value.dimensions().extent(i) + ",")
                        .collect(Collectors.joining("", "[", "]"));
    }

    private static String hex(Elements elements) {
        return HexFormat.of().formatHex(elements.toBytes());
    }

    private static String each(List<OctaveValue> values) {
        return values.stream().map(value -> of(value) + ";").collect(Collectors.joining("", "{", "}"));
    }

    @Override
    public String numeric(NumericArray array) {
        return head(array) + (array.complex() ? "i:" : ":") + hex(array.elements());
    }

    @Override
    public String logical(LogicalArray array) {
        return head(array) + ":" + hex(array.elements());
    }

    @Override
    public String characters(CharArray array) {
        return head(array) + ":" + hex(array.elements());
    }

    @Override
    public String cell(CellArray array) {
        return head(array) + each(array.cells());
    }

    @Override
    public String struct(StructArray array) {
        StringBuilder text = new StringBuilder(head(array));
        for (int field = 0; field < array.fields().size(); field++) {
            text.append('.').append(array.fields().get(field)).append(each(array.valuesOf(field)));
        }
        return text.toString();
    }

    @Override
    public String sparse(SparseMatrix matrix) {
        throw new AssertionError("JSON has no sparse matrices");
    }

    @Override
    public String functionHandle(FunctionHandle handle) {
        throw new AssertionError("JSON has no function handles");
    }
}
