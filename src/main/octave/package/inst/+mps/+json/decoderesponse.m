## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{lhs} =} mps.json.decoderesponse (@var{json})
## Read the body that answers a call.
##
## When the function returned, @var{lhs} is a row cell array of its outputs.
## When it threw, or no function ran, @var{lhs} is a struct: the error, with the
## fields of the response.  These are @code{type}, @code{message}, for a
## @qcode{"matlaberror"} also @code{id} and @code{stack} (a column of structs
## with @code{file}, @code{name} and @code{line}), for an @qcode{"httperror"}
## @code{code} and @code{messageId}.
##
## @example
## @group
## mps.json.decoderesponse ('@{"lhs":[[[1, 2, 3, 4]]]@}')
##   @result{} @{[1, 2, 3, 4]@}
## @end group
## @end example
## @seealso{mps.json.encoderequest, mps.json.decode}
## @end deftypefn

function lhs = decoderesponse (json)

  if (nargin != 1)
    print_usage ();
  endif
  max_recursion_depth (max_recursion_depth () + 300, "local");
  try
    tape = mps.json.internal.scan (json, "decoderesponse", "");
    lhs = mps.json.internal.response_in (tape);
  catch err
    ## Without the frames in between, of which there may be hundreds.
    error (struct ("message", err.message, "identifier", err.identifier));
  end_try_catch

endfunction
