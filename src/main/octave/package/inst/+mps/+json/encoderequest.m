## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {@var{json} =} mps.json.encoderequest (@var{rhs})
## @deftypefnx {} {@var{json} =} mps.json.encoderequest (@var{rhs}, @var{name}, @var{value}, @dots{})
## Write the body of a request that calls a function with the arguments in the
## cell array @var{rhs}.
##
## The options are those of @code{mps.json.encode}, for the arguments, and
##
## @table @asis
## @item @qcode{"Nargout"}
## How many outputs to ask for, from 0 to 1000; the default is 1.
## @item @qcode{"OutputFormat"}
## The notation to ask for: @qcode{"small"} (default) or @qcode{"large"}.
## @item @qcode{"OutputNanInfType"}
## How to ask for NaN, Inf and -Inf: as @qcode{"string"} (default) or as
## @qcode{"object"}.
## @end table
##
## @example
## @group
## mps.json.encoderequest (@{[1 2 3 4]@})
##   @result{} @{"rhs":[[[1,2,3,4]]],"nargout":1,
##      "outputFormat":@{"mode":"small","nanType":"string"@}@}
## @end group
## @end example
## @seealso{mps.json.decoderesponse, mps.json.encode}
## @end deftypefn

function json = encoderequest (rhs, varargin)

  if (nargin < 1)
    print_usage ();
  elseif (! iscell (rhs))
    error ("mps:json:unsupported", ["encoderequest: RHS must be a cell ", ...
           "array of the arguments, not %s"], class (rhs));
  endif
  options = mps.json.internal.options ( ...
    "encoderequest", struct ("Format", "small", "NaNInfType", "string", ...
                             "PrettyPrint", false, "Nargout", 1, ...
                             "OutputFormat", "small", ...
                             "OutputNanInfType", "string"), varargin);

  arguments = cell (1, numel (rhs));
  for i = 1:numel (rhs)
    arguments{i} = mps.json.internal.text_of ( ...
      rhs{i}, sprintf ("RHS{%d}", i), "encoderequest", options);
  endfor
  json = ["{\"rhs\":[", strjoin(arguments, ","), "],\"nargout\":", ...
          sprintf("%d", options.Nargout), ",\"outputFormat\":{\"mode\":\"", ...
          options.OutputFormat, "\",\"nanType\":\"", ...
          options.OutputNanInfType, "\"}}"];
  if (options.PrettyPrint)
    json = mps.json.internal.indented (json);
  endif

endfunction

%!test # as MathWorks publishes it
%! assert (mps.json.encoderequest ({[1 2 3 4]}), ...
%!         ['{"rhs":[[[1,2,3,4]]],"nargout":1,', ...
%!          '"outputFormat":{"mode":"small","nanType":"string"}}']);
%!test # every option
%! assert (mps.json.encoderequest ({NaN, "x"}, "Nargout", 2, "OutputFormat", ...
%!                                 "large", "OutputNanInfType", "object", ...
%!                                 "NaNInfType", "object"), ...
%!         ['{"rhs":[{"mwdata":"NaN"},"x"],"nargout":2,', ...
%!          '"outputFormat":{"mode":"large","nanType":"object"}}']);
%! assert (mps.json.encoderequest ({true}, "Format", "large"), ...
%!         ['{"rhs":[{"mwdata":[true],"mwsize":[1,1],"mwtype":"logical"}],', ...
%!          '"nargout":1,"outputFormat":{"mode":"small","nanType":"string"}}']);
%! assert (mps.json.encoderequest ({}, "nargout", 0, "PrettyPrint", true), ...
%!         strjoin ({'{', '  "rhs": [],', '  "nargout": 0,', ...
%!                   '  "outputFormat": {', '    "mode": "small",', ...
%!                   '    "nanType": "string"', '  }', '}'}, "\n"));
%!error <encoderequest: RHS\{2\}: a function handle has no JSON form> mps.json.encoderequest ({1, @sin})
%!error <encoderequest: RHS must be a cell array of the arguments, not double> mps.json.encoderequest (1)
%!error <encoderequest: Nargout must be an integer from 0 to 1000> mps.json.encoderequest ({}, "Nargout", -1)
%!error <encoderequest: OutputFormat must be "small" or "large"> mps.json.encoderequest ({}, "OutputFormat", "x")
%!error <Invalid call> mps.json.encoderequest ()
