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

%!test # as MathWorks publishes it
%! assert (mps.json.decoderesponse ('{"lhs":[[[1, 2, 3, 4]]]}'), {[1, 2, 3, 4]});
%!test # none and several outputs
%! assert (mps.json.decoderesponse ('{"lhs":[]}'), cell (1, 0));
%! assert (mps.json.decoderesponse ( ...
%!   '{"lhs":["a",{"mwdata":[1],"mwsize":[1,1],"mwtype":"int8"}],"more":null}'), ...
%!         {"a", int8(1)});
%!test # an error of the function
%! failure = mps.json.decoderesponse ( ...
%!   ['{"error":{"type":"matlaberror","id":"a:b","message":"No.","stack":[', ...
%!    '{"file":"f.m","name":"f","line":7},{"file":"g.m","name":"g","line":1}]}}']);
%! assert (failure.type, "matlaberror");
%! assert (failure.id, "a:b");
%! assert (failure.message, "No.");
%! assert (failure.stack, struct ("file", {"f.m"; "g.m"}, "name", {"f"; "g"}, ...
%!                                "line", {7; 1}));
%!test # no function ran
%! assert (mps.json.decoderesponse ( ...
%!   ['{"error":{"type":"httperror","code":404,"messageId":', ...
%!    '"ComponentNotFound","message":"Component not found."}}']), ...
%!         struct ("type", "httperror", "code", 404, "messageId", ...
%!                 "ComponentNotFound", "message", "Component not found."));
%!error <decoderesponse: lhs\[1\]\.mwdata\[0\]: expected a number, got "x"> mps.json.decoderesponse ('{"lhs":[1,{"mwdata":["x"],"mwsize":[1,1],"mwtype":"double"}]}')
%!error <decoderesponse: lhs: expected an array of the outputs, got 1> mps.json.decoderesponse ('{"lhs":1}')
%!error <decoderesponse: the response: expected an object with either lhs or error> mps.json.decoderesponse ("[]")
%!error <decoderesponse: the response: the number is too large for a double> mps.json.decoderesponse ("1e999")
%!error <message is missing> mps.json.decoderesponse ('{"error":{"type":"x"}}')
%!error <decoderesponse: error\.code: expected a number, got "1"> mps.json.decoderesponse ('{"error":{"code":"1"}}')
%!error <decoderesponse: error\.stack\[0\]: expected an object, got 1> mps.json.decoderesponse ('{"error":{"stack":[1]}}')
%!error <decoderesponse: lhs: the member stands twice> mps.json.decoderesponse ('{"lhs":[],"lhs":[]}')
%!error id=mps:json:syntax mps.json.decoderesponse ("{")
%!error <Invalid call> mps.json.decoderesponse ()
