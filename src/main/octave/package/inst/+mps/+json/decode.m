## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{x} =} mps.json.decode (@var{json})
## Read a value from the JSON of MATLAB Production Server, in small and large
## notation, freely mixed.
##
## A number is a double; a string a char row; nested arrays an array with
## dimension 1 outermost, a flat one a row; an object without @code{mwdata},
## @code{mwsize} and @code{mwtype} a struct.  In arrays the strings
## @qcode{"NaN"}, @qcode{"Inf"} and @qcode{"-Inf"} are numbers.  MATLAB's
## strings become char rows, or cell arrays of them.
##
## Text that is no JSON is refused with line and column
## (@code{mps:json:syntax}), what breaks the notation with the path to it
## (@code{mps:json:notation}).
##
## @example
## @group
## mps.json.decode ('@{"mwdata":[1,4,3,2],"mwsize":[2,2],"mwtype":"double"@}')
##   @result{} [1, 3; 4, 2]
## @end group
## @end example
## @seealso{mps.json.encode, mps.json.decoderesponse}
## @end deftypefn

function x = decode (json)

  if (nargin != 1)
    print_usage ();
  endif
  max_recursion_depth (max_recursion_depth () + 300, "local");
  try
    tape = mps.json.internal.scan (json, "decode", "value");
    x = mps.json.internal.value_at (tape, 1, 0);
  catch err
    ## Without the frames in between, of which there may be hundreds.
    error (struct ("message", err.message, "identifier", err.identifier));
  end_try_catch

endfunction

%!function check (json, x)
%!  y = mps.json.decode (json);
%!  same (y, x, json);
%!endfunction
%!function same (y, x, json)
%!  assert (class (y), class (x));
%!  assert (size (y), size (x));
%!  assert (iscomplex (y), iscomplex (x));
%!  if (iscell (x))
%!    cellfun (@(a, b) same (a, b, json), y, x);
%!  elseif (isstruct (x))
%!    assert (fieldnames (y), fieldnames (x));
%!    same (struct2cell (y), struct2cell (x), json);
%!  elseif (isfloat (x))
%!    assert (isequaln (y, x), "%s", json);
%!    assert (signs (y), signs (x));
%!  else
%!    assert (isequal (y, x), "%s", json);
%!  endif
%!endfunction
%!function s = signs (x)
%!  s = [1 ./ real(x(:)), 1 ./ imag(x(:))];
%!endfunction

%!test # as MathWorks publishes it
%! check ('{"mwdata":[1,4,3,2],"mwsize":[2,2],"mwtype":"double"}', [1, 3; 4, 2]);
%!test # small notation
%! check ("5", 5);
%! check (" [ 1 , 2.5e0,\t-3 ]\n", [1, 2.5, -3]);
%! check ("[[1,2],[3,4]]", [1, 2; 3, 4]);
%! check ("[[[1,5],[3,7]],[[2,6],[4,8]]]", reshape (1:8, 2, 2, 2));
%! check ("[[],[]]", zeros (2, 0));
%! check ("[]", []);
%! check ("[true,false]", [true, false]);
%! check ('["NaN",1,{"mwdata":"-Inf"}]', [NaN, 1, -Inf]);
%! check ('"NaN"', "NaN");
%! check ('{"mwdata":"NaN"}', NaN);
%! check ('""', "");
%! check ('{"name":"Ed","score":[83],"in":{}}', ...
%!        struct ("name", "Ed", "score", 83, "in", struct ()));
%! check ("-0", -0);
%! check ("[0.0, -0.0]", [0, -0]);
%!test # large notation
%! check ('{"mwdata":[1.5],"mwsize":[1,1],"mwtype":"single"}', single (1.5));
%! check ('{"mwdata":5,"mwsize":[1,1,1],"mwtype":"int8","more":[null]}', int8 (5));
%! check ('{"mwdata":[9223372036854775807,9007199254740993],"mwsize":[1,2],"mwtype":"int64"}', ...
%!        [intmax("int64"), int64(9007199254740992)+1]);
%! check ('{"mwdata":[-9223372036854775808],"mwsize":[1,1],"mwtype":"int64"}', ...
%!        intmin ("int64"));
%! check ('{"mwdata":[18446744073709551615],"mwsize":[1,1],"mwtype":"uint64"}', ...
%!        intmax ("uint64"));
%! check ('{"mwcomplex":true,"mwdata":[3,4,5,-0],"mwsize":[2,1],"mwtype":"double"}', ...
%!        complex ([3; 5], [4; -0]));
%! check ('{"mwcomplex":true,"mwdata":[[1,0]],"mwsize":[1,1],"mwtype":"double"}', ...
%!        complex (1, 0));
%! check ('{"mwdata":["acbd"],"mwsize":[2,2],"mwtype":"char"}', ["ab"; "cd"]);
%! check ('{"mwdata":"né","mwsize":[1,2],"mwtype":"char"}', "né");
%! check ('{"mwdata":["a","bc"],"mwsize":[1,2],"mwtype":"string"}', {"a", "bc"});
%! check ('{"mwdata":["a"],"mwsize":[1,1],"mwtype":"string"}', "a");
%! check ('{"mwdata":[1,"x"],"mwsize":[2,1],"mwtype":"cell"}', {1; "x"});
%! check ('{"mwdata":{"n":[1,"x"]},"mwsize":[1,2],"mwtype":"struct"}', ...
%!        struct ("n", {1, "x"}));
%! check ('{"mwdata":{"n":[]},"mwsize":[0,0],"mwtype":"struct"}', ...
%!        repmat (struct ("n", 1), 0, 0));
%! check ('{"mwdata":{},"mwsize":[2,3],"mwtype":"struct"}', repmat (struct (), 2, 3));
%!test # escapes, pairs of them, and bytes
%! check ('"\"\\\/\b\f\n\r\t\u0041\ud83d\ude00\u00e9"', "\"\\/\b\f\n\r\tA😀é");
%! check ('"\udcc8a\udc80"', char ([200, 97, 128]));
%! check ('{"a\u0062":1}', struct ("ab", 1));
%!test # a single is rounded once, from its text
%! check ('{"mwdata":[7.038531e-26],"mwsize":[1,1],"mwtype":"single"}', ...
%!        typecast (uint32 (0x15AE43FD), "single"));
%!test # hundreds of digits
%! assert (mps.json.decode (["1", repmat("0", 1, 300)]), 1e300);
%! assert (mps.json.decode (["0.", repmat("0", 1, 20), repmat("1", 1, 380)]), ...
%!         1 / 9e20);
%! assert (mps.json.decode ("1e-999999999"), 0);

## Any value: every class and shape, all bits, nested.
%!function x = any_value (level)
%!  extents = {[1, 1], [0, 0], [1, 3], [3, 2], [2, 0, 3], [2, 1, 2]}{randi (6)};
%!  count = prod (extents);
%!  bytes = uint8 (randi ([0, 255], 1, 16 * count));
%!  classes = {"double", "single", "int8", "uint8", "int16", "uint16", ...
%!             "int32", "uint32", "int64", "uint64"};
%!  switch (randi (15 - 2 * (level == 0)))
%!    case num2cell (1:10)
%!      name = classes{randi (10)};
%!      x = typecast (bytes, name)(1:2*count);
%!      if (isfloat (x))
%!        x(isnan (x)) = NaN;
%!        x(rand (1, 2 * count) < 0.1) = [0, -0, 0.1, 1e7, Inf](randi (5));
%!      endif
%!      if (isfloat (x) && rand () < 0.3)
%!        x = complex (reshape (x(1:count), extents), reshape (x(count+1:end), extents));
%!      else
%!        x = reshape (x(1:count), extents);
%!      endif
%!    case 11
%!      x = reshape (bytes(1:count) > 127, extents);
%!    case 12
%!      x = char (reshape (bytes(1:count), extents));
%!    case 13
%!      x = strjoin ({"a", "é", "\"\\\n", "日本", "😀"}(randi (5, 1, 3)), "");
%!    case 14
%!      x = cell (extents);
%!      for i = 1:count
%!        x{i} = any_value (level - 1);
%!      endfor
%!    otherwise
%!      x = struct ("a", any_value (level - 1), "mw data", any_value (level - 1));
%!  endswitch
%!endfunction
%!test # what encode writes reads back with every bit
%! for i = 1:150
%!   x = any_value (2);
%!   check (mps.json.encode (x, "Format", "large"), x);
%!   check (mps.json.encode (x, "NaNInfType", "object"), x);
%! endfor

%!function refuse (json, identifier, message)
%!  try
%!    mps.json.decode (json);
%!  catch err
%!    assert (err.identifier, ["mps:json:", identifier]);
%!    assert (err.message, ["decode: ", message]);
%!    assert (! any (strcmp ({err.stack.name}, "value_at")));
%!    return;
%!  end_try_catch
%!  error ("decoded: %s", json);
%!endfunction
%!test # what is no JSON, with where
%! refuse ("", "syntax", "line 1, column 1: the text ends before the JSON does");
%! refuse ("[1,\n 2", "syntax", "line 2, column 3: the text ends before the JSON does");
%! refuse ("[1,\n 02]", "syntax", "line 2, column 2: this is not JSON");
%! refuse ('{"a":1,}', "syntax", "line 1, column 8: this is not JSON");
%! refuse ("1 2", "syntax", "line 1, column 3: there is more than one JSON value");
%! refuse ('["a\x"]', "syntax", "line 1, column 4: there is no such escape in JSON");
%! refuse ("\"a\nb\"", "syntax", ["line 1, column 3: a control character in a ", ...
%!                               "string must be escaped"]);
%! refuse ('{"\ud800":1}', "syntax", "line 1, column 2: half a surrogate pair in a name");
%! refuse (repmat ("[", 1, 100000), "syntax", ...
%!         "line 1, column 523: nested deeper than 128 levels");
%! refuse (["[1", repmat("0", 1, 1001), "]"], "syntax", ...
%!         "line 1, column 2: a number may have 1000 digits");
%!test # bytes that are no UTF-8: cut off, overlong, a surrogate, beyond U+10FFFF
%! for bytes = {[195], [226, 130], [192, 128], [237, 160, 128], [244, 144, 128, 128], [255]}
%!   refuse (["[\"é", char(bytes{1}), "\"]"], "syntax", ...
%!           "line 1, column 5: these bytes are no UTF-8");
%!   refuse (["[", char(bytes{1}), "]"], "syntax", ...
%!           "line 1, column 2: these bytes are no UTF-8");
%! endfor
%!test # what breaks the notation, with the path to it
%! refuse ('[1,"x"]', "notation", ['value[1]: expected a number (other arrays ', ...
%!                                 'need large notation), got "x"']);
%! refuse ('{"mwdata":[1,2,"x"],"mwsize":[1,3],"mwtype":"double"}', "notation", ...
%!         'value.mwdata[2]: expected a number, got "x"');
%! refuse ('{"a b":{"c":[1,null]}}', "notation", ...
%!         ['value."a b".c[1]: expected a number (other arrays need large ', ...
%!          'notation), got null']);
%! refuse ('{"a":1,"a":2}', "notation", "value.a: the field stands twice");
%! refuse ("[1,1e999]", "notation", "value[1]: the number is too large for a double");
%! refuse ('{"mwdata":[300],"mwsize":[1,1],"mwtype":"uint8"}', "notation", ...
%!         "value.mwdata[0]: expected an integer from 0 to 255 for uint8, got 300");
%! refuse ('{"mwdata":[1e39],"mwsize":[1,1],"mwtype":"single"}', "notation", ...
%!         ["value.mwdata[0]: expected a number up to 3.4028235e38 for single, ", ...
%!          "got 1E39"]);
%! refuse ('{"mwdata":[1],"mwsize":[9223372036854775806,0],"mwtype":"double"}', ...
%!         "notation", "value.mwsize: Octave has no array of this size");
%! deep = [repmat('{"a":', 1, 129), "1", repmat("}", 1, 129)];
%! refuse (deep, "notation", ["value", repmat(".a", 1, 8), "...", ...
%!                            repmat(".a", 1, 8), ": nested deeper than 128 levels"]);
%!test # nothing is allocated for what is only declared
%! refuse ('{"mwdata":[1],"mwsize":[2147483647,1],"mwtype":"cell"}', "notation", ...
%!         ["value.mwdata: expected an array of 2147483647 for the size ", ...
%!          "2147483647x1, got an array of 1"]);
%! assert (size (mps.json.decode ( ...
%!   '{"mwdata":{},"mwsize":[1000000,1],"mwtype":"struct"}')), [1000000, 1]);
%!error <decode: the JSON must be text in one row> mps.json.decode (1)
%!error <decode: the JSON must be text in one row> mps.json.decode (["[]"; "[]"])
%!error <Invalid call> mps.json.decode ()
%!error <value.mwdata: a struct array without fields may have 1000000 elements>
%! mps.json.decode ('{"mwdata":{},"mwsize":[1000,1001],"mwtype":"struct"}')
