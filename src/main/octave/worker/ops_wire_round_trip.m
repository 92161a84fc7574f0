## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{y} =} ops_wire_round_trip (@var{x})
## Encode @var{x} as it travels between server and worker, and decode it again.
##
## For tests: the encoding itself is private to the worker.
## @end deftypefn

function y = ops_wire_round_trip (x)

  if (nargin != 1)
    print_usage ();
  endif
  bytes = encode_values ({x});
  [values, next] = decode_values (bytes, 1, 1);
  assert (next, numel (bytes) + 1);
  y = values{1};

endfunction

%!function check (x)
%!  y = ops_wire_round_trip (x);
%!  assert (class (y), class (x));
%!  assert (size (y), size (x));
%!  assert (iscomplex (y), iscomplex (x));
%!  assert (issparse (y), issparse (x));
%!  assert (isequaln (y, x));
%!endfunction

%!test # every numeric class, extremes included
%! for c = {"double", "single"}
%!   check (cast ([0, -1.5, NaN, Inf, -Inf, realmax(c{1}), realmin(c{1})], c{1}));
%! endfor
%! for c = {"int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"}
%!   check ([intmin(c{1}), intmax(c{1}); 0, 1]);
%! endfor
%!test # the sign of zero and denormals survive
%! y = ops_wire_round_trip ([-0, 2^-1074]);
%! assert (1 / y(1), -Inf);
%! assert (y(2), 2^-1074);
%!test # complex stays complex, also with imaginary parts of zero
%! check (complex ([1, 2], [0, 0]));
%! check (complex (single (1), single (-0)));
%! check (complex (zeros (0, 3), zeros (0, 3)));
%! check (2i * eye (2, 3));
%!assert (1 / imag (ops_wire_round_trip (complex (1, -0))), -Inf)
%!assert (1 ./ imag (ops_wire_round_trip (complex ([1, 2], [-0, -0]))), [-Inf, -Inf])
%!test # matrices that Octave keeps in special ways arrive full
%! assert (ops_wire_round_trip (1:5), [1, 2, 3, 4, 5]);
%! assert (ops_wire_round_trip (eye (3)), full (eye (3)));
%! assert (ops_wire_round_trip (eye (3)(:, [2, 1, 3])), full (eye (3)(:, [2, 1, 3])));
%! assert (ops_wire_round_trip ([true, false]), [true, false]);
%!test # text of any shape, bytes of any value
%! check ("hey");
%! check ("");
%! check (char (zeros (1, 0)));
%! check (["ab"; "cd"]);
%! check (char (0:255));
%! check (reshape ("abcdefgh", 2, 2, 2));
%!test # every empty shape
%! check (zeros (0, 3));
%! check (zeros (3, 0, 2, "int16"));
%! check (cell (0, 4));
%! check (struct ("a", {}));
%! check (repmat (struct (), 0, 3));
%! check (false (1, 0));
%!test # N-d
%! check (reshape (1:24, 2, 3, 4));
%! check (reshape (num2cell (1:24), 2, 3, 4));
%!test # structs: scalar, array, without fields, with odd names
%! check (struct ("a", 1, "b", "two"));
%! check (struct ("a", {1, 2; 3, 4}));
%! check (repmat (struct (), 2, 3));
%! check (cell2struct ({1; 2}, {"a b"; "my-key"}, 1));
%!test # cells in cells
%! check ({1, "a"; {2, {}}, struct("x", {{}})});
%!test # sparse stays sparse
%! check (sparse ([1, 0; 0, 2.5]));
%! check (sparse (3, 4));
%! check (sparse ([true, false]));
%! check (sparse ([1, 2], [2, 1], [1 + 2i, 3i], 2, 3));
%! check (complex (sparse ([1, 0; 0, 2])));
%! check (complex (sparse (2, 3)));
%!test # function handles travel as their text
%! assert (func2str (ops_wire_round_trip (@(x) x + 1)), "@(x) x + 1");
%! assert (func2str (ops_wire_round_trip (@sin)), "sin");
%!function x = nest (x, levels, wrap)
%!  for i = 1:levels
%!    x = wrap (x);
%!  endfor
%!endfunction
%!test # 128 levels of nesting pass
%! max_recursion_depth (512, "local");
%! check (nest (1, 128, @(x) {x}));
%! check (nest (1, 128, @(x) struct ("a", {x})));
%!function encode_deep (x)
%!  max_recursion_depth (512, "local");
%!  ops_wire_round_trip (x);
%!endfunction
%!error <deeper than 128 levels> encode_deep (nest (1, 129, @(x) {x}))
%!test # dimensions are limited too
%! check (zeros ([2, ones(1, 126), 2]));
%!error <129 dim> ops_wire_round_trip (zeros ([2, ones(1, 127), 2]))
%!error <no encoding> ops_wire_round_trip (containers.Map ())
%!error <no encoding> ops_wire_round_trip ({1, containers.Map()})
%!error <Invalid call> ops_wire_round_trip ()
