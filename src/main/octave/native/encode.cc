// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "values.h"

#include <octave/Cell.h>
#include <octave/oct-map.h>

namespace ops
{
  static const int most_levels = 128;
  static const int most_dimensions = 128;

  static void encode_value (message& into, const octave_value& x, int level,
                            octave_side& octave);

  static const char *no_encoding = "ops:noEncoding";

  // The same as limit_problem.m.
  static void refuse_beyond_limits (const octave_value& x, int level)
  {
    if (level > most_levels)
      error_with_id (no_encoding, "nested deeper than %d levels", most_levels);
    if (x.ndims () > most_dimensions)
      error_with_id (no_encoding, "%d dimensions are more than %d", x.ndims (),
                     most_dimensions);
  }

  static void encode_header (message& into, const dim_vector& dims,
                             std::uint16_t tag, bool is_complex = false)
  {
    into.u16 (tag);
    into.u16 (is_complex);
    into.u16 (dims.ndims ());
    into.u16 (0);
    for (int i = 0; i < dims.ndims (); i++)
      into.u64 (dims(i));
  }

  // An array, whose memory has the layout of the elements.
  template <typename ArrayType>
  static void encode_array (message& into, const ArrayType& array,
                            std::uint16_t tag, bool is_complex = false)
  {
    encode_header (into, array.dims (), tag, is_complex);
    std::size_t size = sizeof (typename ArrayType::element_type);
    into.borrow (array.data (), array.numel () * size, array);
  }

  template <typename MatrixType>
  static void encode_sparse (message& into, const MatrixType& matrix,
                             std::uint16_t tag, bool is_complex = false)
  {
    encode_header (into, matrix.dims (), tag, is_complex);
    octave_idx_type stored = matrix.nnz ();
    into.u64 (stored);
    for (octave_idx_type i = 0; i < stored; i++)
      into.u64 (matrix.ridx (i));
    for (octave_idx_type column = 0; column < matrix.cols (); column++)
      for (octave_idx_type i = matrix.cidx (column); i < matrix.cidx (column + 1); i++)
        into.u64 (column);
    into.borrow (matrix.data (),
                 stored * sizeof (typename MatrixType::element_type), matrix);
  }

  static void encode_cell (message& into, const Cell& cells, int level,
                           octave_side& octave)
  {
    for (octave_idx_type i = 0; i < cells.numel (); i++)
      encode_value (into, cells(i), level, octave);
  }

  static void encode_struct (message& into, const octave_map& map, int level,
                             octave_side& octave)
  {
    encode_header (into, map.dims (), 14);
    string_vector names = map.fieldnames ();
    into.u32 (names.numel ());
    for (octave_idx_type i = 0; i < names.numel (); i++)
      into.text (names(i));
    for (octave_idx_type i = 0; i < names.numel (); i++)
      encode_cell (into, map.contents (names(i)), level, octave);
  }

  static void encode_double (message& into, const octave_value& x)
  {
    if (x.issparse () && x.iscomplex ())
      encode_sparse (into, x.sparse_complex_matrix_value (), 15, true);
    else if (x.issparse ())
      encode_sparse (into, x.sparse_matrix_value (), 15);
    else if (x.iscomplex ())
      encode_array (into, x.complex_array_value (), 1, true);
    else
      encode_array (into, x.array_value (), 1);
  }

  static void encode_single (message& into, const octave_value& x)
  {
    if (x.iscomplex ())
      encode_array (into, x.float_complex_array_value (), 2, true);
    else
      encode_array (into, x.float_array_value (), 2);
  }

  static void encode_logical (message& into, const octave_value& x)
  {
    if (x.issparse ())
      encode_sparse (into, x.sparse_bool_matrix_value (), 16);
    else
      encode_array (into, x.bool_array_value (), 11);
  }

  static void encode_integers (message& into, const octave_value& x)
  {
    if (x.is_int8_type ())
      encode_array (into, x.int8_array_value (), 3);
    else if (x.is_uint8_type ())
      encode_array (into, x.uint8_array_value (), 4);
    else if (x.is_int16_type ())
      encode_array (into, x.int16_array_value (), 5);
    else if (x.is_uint16_type ())
      encode_array (into, x.uint16_array_value (), 6);
    else if (x.is_int32_type ())
      encode_array (into, x.int32_array_value (), 7);
    else if (x.is_uint32_type ())
      encode_array (into, x.uint32_array_value (), 8);
    else if (x.is_int64_type ())
      encode_array (into, x.int64_array_value (), 9);
    else
      encode_array (into, x.uint64_array_value (), 10);
  }

  static void encode_value (message& into, const octave_value& x, int level,
                            octave_side& octave)
  {
    refuse_beyond_limits (x, level);
    if (x.is_double_type ())
      encode_double (into, x);
    else if (x.is_single_type ())
      encode_single (into, x);
    else if (x.is_string () || x.is_char_matrix ())
      encode_array (into, x.char_array_value (), 12);
    else if (x.islogical ())
      encode_logical (into, x);
    else if (x.iscell ())
      {
        Cell cells = x.cell_value ();
        encode_header (into, cells.dims (), 13);
        encode_cell (into, cells, level + 1, octave);
      }
    else if (x.isstruct () && ! x.isobject ())
      encode_struct (into, x.map_value (), level + 1, octave);
    else if (x.isinteger ())
      encode_integers (into, x);
    else if (x.is_function_handle ())
      {
        encode_header (into, dim_vector (1, 1), 17);
        octave_value_list text = octave.call ("func2str", ovl (x), 1);
        into.text (text(0).string_value ());
      }
    else
      error_with_id (no_encoding, "a value of class %s has no encoding",
                     x.class_name ().c_str ());
  }

  void encode_values (message& into, const Cell& values,
                      octave_side& octave)
  {
    encode_cell (into, values, 0, octave);
  }
}
