// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "values.h"

#include <cstring>

#include <octave/Cell.h>
#include <octave/oct-map.h>
#include <octave/ov-complex.h>
#include <octave/ov-cx-mat.h>
#include <octave/ov-cx-sparse.h>
#include <octave/ov-flt-complex.h>
#include <octave/ov-flt-cx-mat.h>

namespace ops
{
  static octave_value decode_value (reader& from, octave_side& octave);

  // The elements of an array of numbers, whose layout is that of the memory.
  template <typename ArrayType>
  static ArrayType array_of (reader& from, const dim_vector& dims)
  {
    ArrayType array (dims);
    std::size_t size = sizeof (typename ArrayType::element_type);
    octave_idx_type count = array.numel ();
    if (static_cast<std::uint64_t> (count) > from.left () / size)
      throw channel_error ("an array is larger than its payload");
    if (count > 0)
      std::memcpy (array.fortran_vec (), from.bytes (count * size), count * size);
    return array;
  }

  // Complex values stay complex, also where all imaginary parts are zero: the
  // constructors of octave_value would make them real.
  static octave_value complex_value (reader& from, const dim_vector& dims)
  {
    ComplexNDArray array = array_of<ComplexNDArray> (from, dims);
    if (array.numel () == 1)
      return octave_value (new octave_complex (array(0)));
    return octave_value (new octave_complex_matrix (array));
  }

  static octave_value float_complex_value (reader& from, const dim_vector& dims)
  {
    FloatComplexNDArray array = array_of<FloatComplexNDArray> (from, dims);
    if (array.numel () == 1)
      return octave_value (new octave_float_complex (array(0)));
    return octave_value (new octave_float_complex_matrix (array));
  }

  static octave_value decode_cell (reader& from, const dim_vector& dims,
                                   octave_side& octave)
  {
    Cell cells (dims);
    for (octave_idx_type i = 0; i < cells.numel (); i++)
      cells.xelem (i) = decode_value (from, octave);
    return octave_value (cells);
  }

  static octave_value decode_struct (reader& from, const dim_vector& dims,
                                     octave_side& octave)
  {
    std::uint32_t width = from.u32 ();
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < width; i++)
      names.push_back (from.text ());
    octave_map map (dims);
    for (const std::string& name : names)
      {
        Cell values (dims);
        for (octave_idx_type i = 0; i < values.numel (); i++)
          values.xelem (i) = decode_value (from, octave);
        map.setfield (name, values);
      }
    return octave_value (map);
  }

  template <typename MatrixType>
  static MatrixType sparse_of (reader& from, const dim_vector& dims)
  {
    typedef typename MatrixType::element_type T;
    std::uint64_t stored = from.u64 ();
    if (stored > from.left () / (2 * sizeof (std::uint64_t)))
      throw channel_error ("a sparse matrix is larger than its payload");
    reader rows (from.bytes (stored * sizeof (std::uint64_t)),
                 stored * sizeof (std::uint64_t));
    reader columns (from.bytes (stored * sizeof (std::uint64_t)),
                    stored * sizeof (std::uint64_t));
    const char *elements = from.bytes (stored * sizeof (T));

    octave_idx_type n = stored;
    MatrixType matrix (dims(0), dims(1), n);
    octave_idx_type column = 0;
    matrix.xcidx (0) = 0;
    for (octave_idx_type i = 0; i < n; i++)
      {
        octave_idx_type own = columns.u64 ();
        matrix.xridx (i) = rows.u64 ();
        if (own < column || own >= dims(1) || matrix.xridx (i) >= dims(0))
          throw channel_error ("an element of a sparse matrix is out of place");
        for (; column < own; column++)
          matrix.xcidx (column + 1) = i;
        std::memcpy (&matrix.xdata (i), elements + i * sizeof (T), sizeof (T));
      }
    for (; column < dims(1); column++)
      matrix.xcidx (column + 1) = n;
    matrix.maybe_compress (true);
    return matrix;
  }

  // Where all imaginary parts are zero, Octave's own functions see no signs of
  // zeros, and the portable worker forgets them too.
  static octave_value sparse_complex_value (reader& from, const dim_vector& dims)
  {
    SparseComplexMatrix matrix = sparse_of<SparseComplexMatrix> (from, dims);
    bool real = true;
    for (octave_idx_type i = 0; i < matrix.nnz (); i++)
      real = real && matrix.data (i).imag () == 0;
    for (octave_idx_type i = 0; real && i < matrix.nnz (); i++)
      matrix.data (i) = Complex (matrix.data (i).real (), 0);
    return octave_value (new octave_sparse_complex_matrix (matrix));
  }

  static dim_vector decode_extents (reader& from)
  {
    std::uint16_t count = from.u16 ();
    from.u16 ();
    if (count < 2)
      throw channel_error ("a value has fewer than two dimensions");
    dim_vector dims;
    dims.resize (count);
    for (std::uint16_t i = 0; i < count; i++)
      {
        std::uint64_t extent = from.u64 ();
        if (extent > static_cast<std::uint64_t> (dim_vector::dim_max ()))
          throw std::bad_alloc ();
        dims(i) = extent;
      }
    dims.safe_numel ();         // an error when there are too many elements
    return dims;
  }

  static octave_value decode_value (reader& from, octave_side& octave)
  {
    std::uint16_t tag = from.u16 ();
    bool is_complex = from.u16 () & 1;
    dim_vector dims = decode_extents (from);
    switch (tag)
      {
      case 1:
        return is_complex ? complex_value (from, dims)
                          : octave_value (array_of<NDArray> (from, dims));
      case 2:
        return is_complex ? float_complex_value (from, dims)
                          : octave_value (array_of<FloatNDArray> (from, dims));
      case 3:
        return octave_value (array_of<int8NDArray> (from, dims));
      case 4:
        return octave_value (array_of<uint8NDArray> (from, dims));
      case 5:
        return octave_value (array_of<int16NDArray> (from, dims));
      case 6:
        return octave_value (array_of<uint16NDArray> (from, dims));
      case 7:
        return octave_value (array_of<int32NDArray> (from, dims));
      case 8:
        return octave_value (array_of<uint32NDArray> (from, dims));
      case 9:
        return octave_value (array_of<int64NDArray> (from, dims));
      case 10:
        return octave_value (array_of<uint64NDArray> (from, dims));
      case 11:
        return octave_value (array_of<boolNDArray> (from, dims));
      case 12:
        return octave_value (array_of<charNDArray> (from, dims), '\'');
      case 13:
        return decode_cell (from, dims, octave);
      case 14:
        return decode_struct (from, dims, octave);
      case 15:
        if (is_complex)
          return sparse_complex_value (from, dims);
        return octave_value (sparse_of<SparseMatrix> (from, dims));
      case 16:
        return octave_value (sparse_of<SparseBoolMatrix> (from, dims));
      case 17:
        {
          octave_value_list handle
            = octave.call ("str2func", ovl (from.text ()), 1);
          return handle(0);
        }
      default:
        throw channel_error ("a value has no kind " + std::to_string (tag));
      }
  }

  Cell decode_values (reader& from, std::uint32_t count,
                      octave_side& octave)
  {
    Cell values (1, count);
    for (std::uint32_t i = 0; i < count; i++)
      values.xelem (i) = decode_value (from, octave);
    return values;
  }
}
