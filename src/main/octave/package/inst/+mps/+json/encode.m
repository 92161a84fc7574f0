## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {@var{json} =} mps.json.encode (@var{x})
## @deftypefnx {} {@var{json} =} mps.json.encode (@var{x}, @var{name}, @var{value}, @dots{})
## Write the value @var{x} in the JSON of MATLAB Production Server, without
## losing a bit of it.
##
## The options are
##
## @table @asis
## @item @qcode{"Format"}
## @qcode{"small"} (default): plain JSON for what reads back from it as the same
## value, such as double, logical, char rows and scalar structs, and large
## notation for all else.  @qcode{"large"}: objects with @code{mwdata},
## @code{mwsize} and @code{mwtype}.
## @item @qcode{"NaNInfType"}
## How to write NaN, Inf and -Inf: as @qcode{"string"} (default) or as
## @qcode{"object"}.  A scalar NaN as a string reads back as text.
## @item @qcode{"PrettyPrint"}
## Whether to write many lines, for people.  The default is false.
## @end table
##
## Sparse matrices are written in full.  A function handle or an object has no
## form in JSON: @code{mps:json:unsupported}.
##
## @example
## @group
## mps.json.encode (magic (3))
##   @result{} [[8,1,6],[3,5,7],[4,9,2]]
## @end group
## @end example
## @seealso{mps.json.decode, mps.json.encoderequest}
## @end deftypefn

function json = encode (x, varargin)

  if (nargin < 1)
    print_usage ();
  endif
  options = mps.json.internal.options ( ...
    "encode", struct ("Format", "small", "NaNInfType", "string", ...
                      "PrettyPrint", false), varargin);
  json = mps.json.internal.text_of (x, "X", "encode", options);
  if (options.PrettyPrint)
    json = mps.json.internal.indented (json);
  endif

endfunction

%!test # as MathWorks publishes it
%! assert (mps.json.encode (magic (3)), '[[8,1,6],[3,5,7],[4,9,2]]');
%! assert (mps.json.encode (magic (3), "Format", "large"), ...
%!         '{"mwdata":[8,3,4,1,5,9,6,7,2],"mwsize":[3,3],"mwtype":"double"}');
%!test # what has a small form
%! assert (mps.json.encode (5), "5");
%! assert (mps.json.encode (true), "true");
%! assert (mps.json.encode ("hey"), '"hey"');
%! assert (mps.json.encode (""), '""');
%! assert (mps.json.encode ([]), "[]");
%! assert (mps.json.encode ([1; 2]), "[[1],[2]]");
%! assert (mps.json.encode ([true; false]), "[[true],[false]]");
%! assert (mps.json.encode (reshape (1:8, 2, 2, 2)), ...
%!         "[[[1,5],[3,7]],[[2,6],[4,8]]]");
%! assert (mps.json.encode (struct ("name", "Ed", "score", 83)), ...
%!         '{"name":"Ed","score":83}');
%! assert (mps.json.encode (struct ()), "{}");
%!test # and what has none, or none that says the shape
%! for x = {single(1), int8(1), 1i, ["ab"; "cd"], zeros(1, 0), true(0, 0), ...
%!          {}, struct("a", {}), struct("mwdata", 1), char(zeros (1, 0))}
%!   large = mps.json.encode (x{1}, "Format", "large");
%!   assert (mps.json.encode (x{1}), large);
%! endfor
%! assert (large, '{"mwdata":[""],"mwsize":[1,0],"mwtype":"char"}');
%! assert (mps.json.encode (struct ("c", {{int8(1)}})), ...
%!         ['{"c":{"mwdata":[{"mwdata":[1],"mwsize":[1,1],"mwtype":"int8"}],', ...
%!          '"mwsize":[1,1],"mwtype":"cell"}}']);
%!test # the fewest digits that read back the same, in the server's form
%! assert (mps.json.encode ([16, 0.1, 1/3, -0, 1e16, 1e300, 1.5e-7, 0.001]), ...
%!         "[[16,0.1,0.3333333333333333,-0,1E16,1E300,1.5E-7,0.001]]");
%! assert (mps.json.encode ([2^-1074, 2^-1073, 2^-44, 2^53, realmax]), ...
%!         ["[[4.9E-324,9.9E-324,5.684341886080802E-14,9007199254740992,", ...
%!          "1.7976931348623157E308]]"]);
%! assert (mps.json.encode ([single(0.1), 1e10, typecast(uint32 (0x15AE43FD), "single"), realmax("single")]), ...
%!         ['{"mwdata":[0.1,1E10,7.038531E-26,3.4028235E38],', ...
%!          '"mwsize":[1,4],"mwtype":"single"}']);
%!test # all 64 bits
%! assert (mps.json.encode ([intmin("int64"), intmax("int64")]), ...
%!         ['{"mwdata":[-9223372036854775808,9223372036854775807],', ...
%!          '"mwsize":[1,2],"mwtype":"int64"}']);
%! assert (mps.json.encode ([intmax("uint64"), 7]), ...
%!         '{"mwdata":[18446744073709551615,7],"mwsize":[1,2],"mwtype":"uint64"}');
%!test # NaN and the infinities, and Octave's NA
%! assert (mps.json.encode ([NaN, Inf, -Inf, NA]), '[["NaN","Inf","-Inf","NaN"]]');
%! assert (mps.json.encode ([NaN, 1], "NaNInfType", "object"), ...
%!         '[[{"mwdata":"NaN"},1]]');
%! assert (mps.json.encode (NaN), '"NaN"');
%!test # complex numbers are pairs, whatever their imaginary parts
%! assert (mps.json.encode ([3+4i, 5-1i]), ['{"mwcomplex":true,', ...
%!         '"mwdata":[3,4,5,-1],"mwsize":[1,2],"mwtype":"double"}']);
%! assert (mps.json.encode (complex (1, 0)), ['{"mwcomplex":true,', ...
%!         '"mwdata":[1,0],"mwsize":[1,1],"mwtype":"double"}']);
%!test # matrices that Octave keeps in special ways are written in full
%! assert (mps.json.encode (1:3), "[[1,2,3]]");
%! assert (mps.json.encode (eye (2)), "[[1,0],[0,1]]");
%! assert (mps.json.encode (eye (2)(:,[2, 1])), "[[0,1],[1,0]]");
%! assert (mps.json.encode (sparse ([0, 2])), "[[0,2]]");
%! assert (mps.json.encode (sparse ([false, true])), "[[false,true]]");
%! assert (mps.json.encode (2i * eye (1)), ['{"mwcomplex":true,', ...
%!         '"mwdata":[0,2],"mwsize":[1,1],"mwtype":"double"}']);
%!test # text is bytes; those that are no UTF-8 have escapes
%! assert (mps.json.encode ("a\"\\/\n\001\177é€😀"), ...
%!         ["\"a\\\"\\\\/\\n\\u0001\177é€😀\""]);
%! assert (mps.json.encode (char ([200, 97, 128])), '"\udcc8a\udc80"');
%! assert (mps.json.encode (["é"; "ß"]), ...
%!         '{"mwdata":["éß"],"mwsize":[2,2],"mwtype":"char"}');
%! assert (mps.json.encode (["é"; "ab"]), ...
%!         '{"mwdata":["\udcc3a\udca9b"],"mwsize":[2,2],"mwtype":"char"}');
%!test # many lines, for people
%! assert (mps.json.encode (struct ("a", [1, 2], "b", {{}}, "c: [", []), ...
%!                          "prettyprint", true), strjoin ( ...
%!   {'{', '  "a": [', '    [', '      1,', '      2', '    ]', '  ],', ...
%!    '  "b": {', '    "mwdata": [],', '    "mwsize": [', '      0,', ...
%!    '      0', '    ],', '    "mwtype": "cell"', '  },', '  "c: [": []', ...
%!    '}'}, "\n"));
%! assert (mps.json.encode ("[1,2]", "PrettyPrint", true), '"[1,2]"');
%!function x = nest (levels, wrap)
%!  x = 1;
%!  for i = 1:levels
%!    x = wrap (x);
%!  endfor
%!endfunction
%!test # 128 levels
%! for wrap = {@(x) {x}, @(x) struct("a", {x}), @(x) struct("mwdata", {x})}
%!   json = mps.json.encode (nest (128, wrap{1}));
%!   assert (mps.json.encode (mps.json.decode (json)), json);
%! endfor
%!test # a hundred thousand numbers take about half a second
%! x = [(1:50000) / 7, 1e15 * (1:50000) / 7];
%! assert (mps.json.decode (mps.json.encode (x)), x);
%!error <encode: X(\{1\}){129}: nested deeper than 128 levels> mps.json.encode (nest (129, @(x) {x}))
%!error <encode: X: 129 dimensions are more than 128> mps.json.encode (zeros ([2, ones(1, 127), 2]))
%!error <encode: X: a function handle has no JSON form> mps.json.encode (@sin)
%!error id=mps:json:unsupported mps.json.encode (@sin)
%!error <encode: X\{2\}\.f\(3\)\.g: a function handle has no JSON form> mps.json.encode ({1, struct("f", struct ("g", {1, 2, @sin}))})
%!error <encode: X: a value of class containers.Map has no JSON form> mps.json.encode (containers.Map ())
%!error <encode: X: a sparse 1x50000001 matrix .* \[i, j, v\] = find> mps.json.encode (sparse (1, 50000001))
%!error <encode: option 1 must be one of Format, NaNInfType, PrettyPrint> mps.json.encode (1, "Indent", true)
%!error <encode: options come as pairs> mps.json.encode (1, "Format")
%!error <encode: Format must be "small" or "large"> mps.json.encode (1, "Format", "tiny")
%!error <encode: NaNInfType must be "string" or "object"> mps.json.encode (1, "NaNInfType", 1)
%!error <encode: PrettyPrint must be true or false> mps.json.encode (1, "PrettyPrint", "yes")
%!error <Invalid call> mps.json.encode ()
