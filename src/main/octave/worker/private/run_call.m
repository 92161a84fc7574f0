## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [RESULTS, PAYLOAD] = run_call (NAME, COUNT, ARGUMENTS, DEPTH)
##
## Call the function NAME and ask it for COUNT outputs.  PAYLOAD is that of
## FAILURE when it throws, else empty.  It may recurse DEPTH levels deep; the
## limit that it sets instead ends with it.
## native/call.cc is the same for the native worker.

function [results, payload] = run_call (name, count, arguments, depth)

  payload = [];
  results = {};
  try
    results = run_function (name, count, arguments, depth);
  catch err
    payload = encode_failure (0, err.message, err.identifier, err.stack);
  end_try_catch

endfunction

## The limit must have ended before a failure is encoded, which takes calls too.

function results = run_function (name, count, arguments, depth)

  results = cell (1, count);
  max_recursion_depth (depth, "local");
  if (count == 0)
    feval (name, arguments{:});
  else
    [results{:}] = feval (name, arguments{:});
  endif

endfunction
