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
## @qcode{"NaN"}, @qcode{"Inf"} and @qcode{"-Inf"} are numbers.  MATLAB's strings
## become char rows, or cell arrays of them.
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
