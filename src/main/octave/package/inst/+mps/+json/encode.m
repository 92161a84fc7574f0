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
