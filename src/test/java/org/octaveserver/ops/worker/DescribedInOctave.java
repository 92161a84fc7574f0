package org.octaveserver.ops.worker;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/**
 * What Octave's own functions say of a value, and what they should: class, size, complexity, sparsity and the bits, real
 * and imaginary parts apart. Says nothing through the worker's coding of that value, only through uint8 and char.
 */
final class DescribedInOctave implements OctaveValue.Visitor<OctaveValue, RuntimeException> {
    /** The Octave function {@code describe}. */
    static final String SOURCE = """
            function d = describe (x)
              d = struct ("class", class (x), "size", size (x), "complex", iscomplex (x), ...
                          "sparse", issparse (x), "real", zeros (1, 0, "uint8"), ...
                          "imag", zeros (1, 0, "uint8"), "parts", {cell(1, 0)});
              if (iscell (x))
                d.parts = parts (x);
              elseif (isstruct (x))
                names = fieldnames (x);
                d.parts = reshape (names, 1, []);
                for i = 1:numel (names)
                  d.parts = [d.parts, parts({x.(names{i})})];
                end
              elseif (is_function_handle (x))
                d.parts = {func2str(x)};
              else
                if (issparse (x))
                  x = full (x);  # now, because the parts of a sparse matrix lose zeros with a sign
                end
                if (d.complex)
                  d.real = bits (full (real (x)));
                  d.imag = bits (full (imag (x)));
                else
                  d.real = bits (full (x));  # real (x) is a double for text and logicals
                end
              end
            end
            function p = parts (c)
              p = cell (1, numel (c));
              for i = 1:numel (c)
                p{i} = describe (c{i});
              end
            end
            function b = bits (x)
              x = reshape (x, 1, numel (x));
              if (islogical (x) || ischar (x))
                b = uint8 (x);
              else
                b = typecast (x, "uint8");
              end
            end
            """;

    private DescribedInOctave() {}

    static OctaveValue description(OctaveValue value) {
        return value.accept(new DescribedInOctave());
    }

    private static OctaveValue description(
            OctaveValue value, boolean complex, byte[] real, byte[] imaginary, OctaveValue... parts) {
        double[] size = new double[value.dimensions().rank()];
        Arrays.setAll(size, i -> value.dimensions().extent(i));
        Map<String, OctaveValue> all = new LinkedHashMap<>();
        all.put("class", CharArray.row(value.className()));
        all.put("size", NumericArray.doubles(Dimensions.row(size.length), size));
        all.put("complex", LogicalArray.scalar(complex));
        all.put("sparse", LogicalArray.scalar(value instanceof SparseMatrix));
        all.put("real", bytes(real));
        all.put("imag", bytes(imaginary));
        all.put("parts", new CellArray(Dimensions.row(parts.length), List.of(parts)));
        return new StructArray(Dimensions.SCALAR, List.copyOf(all.keySet()), List.copyOf(all.values()));
    }

    private static OctaveValue bytes(byte[] bytes) {
        return new NumericArray(NumericClass.UINT8, Dimensions.row(bytes.length), false, Elements.wrap(bytes));
    }

    private static OctaveValue plain(OctaveValue value, Elements elements) {
        return description(value, false, elements.toBytes(), new byte[0]);
    }

    /** Both halves of interleaved elements of so many bytes. */
    private static OctaveValue complex(OctaveValue value, byte[] pairs, int size) {
        byte[] real = new byte[pairs.length / 2];
        byte[] imaginary = new byte[pairs.length / 2];
        for (int at = 0; at < real.length; at += size) {
            System.arraycopy(pairs, 2 * at, real, at, size);
            System.arraycopy(pairs, 2 * at + size, imaginary, at, size);
        }
        return description(value, true, real, imaginary);
    }

    @Override
    public OctaveValue numeric(NumericArray array) {
        return array.complex()
                ? complex(array, array.elements().toBytes(), array.type().bytes())
                : plain(array, array.elements());
    }

    @Override
    public OctaveValue logical(LogicalArray array) {
        return plain(array, array.elements());
    }

    @Override
    public OctaveValue characters(CharArray array) {
        return plain(array, array.elements());
    }

    @Override
    public OctaveValue cell(CellArray array) {
        return description(array, false, new byte[0], new byte[0], described(array.cells()));
    }

    @Override
    public OctaveValue struct(StructArray array) {
        OctaveValue[] values = described(array.values());
        OctaveValue[] parts = new OctaveValue[array.fields().size() + values.length];
        Arrays.setAll(
                parts,
                i -> i < array.fields().size()
                        ? CharArray.row(array.fields().get(i))
                        : values[i - array.fields().size()]);
        return description(array, false, new byte[0], new byte[0], parts);
    }

    private OctaveValue[] described(List<OctaveValue> values) {
        return values.stream().map(DescribedInOctave::description).toArray(OctaveValue[]::new);
    }

    @Override
    public OctaveValue sparse(SparseMatrix matrix) {
        int size = matrix.kind().bytes();
        byte[] full = new byte[(int) matrix.dimensions().count() * size];
        byte[] stored = matrix.elements().toBytes();
        for (int i = 0; i < matrix.stored(); i++) {
            long place = matrix.rows().longAt(i)
                    + matrix.columns().longAt(i) * matrix.dimensions().rows();
            System.arraycopy(stored, i * size, full, (int) place * size, size);
        }
        return matrix.kind() == SparseMatrix.Kind.COMPLEX
                ? complex(matrix, full, Double.BYTES)
                : description(matrix, false, full, new byte[0]);
    }

    @Override
    public OctaveValue functionHandle(FunctionHandle handle) {
        return description(handle, false, new byte[0], new byte[0], CharArray.row(handle.text()));
    }
}
