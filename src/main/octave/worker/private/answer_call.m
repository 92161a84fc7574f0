## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [KIND, PAYLOAD, MARK] = answer_call (REQUEST)
##
## Run the function that REQUEST names and encode what it answers or throws.
## Which functions may be called is the server's business.

function [kind, payload, mark] = answer_call (request)

  [mark, pos] = decode_text (request, 1);
  [name, pos] = decode_text (request, pos);
  counts = double (typecast (request(pos:pos+7), "uint32"));
  depth = max_recursion_depth (deepest_values ());
  [arguments, ~] = decode_values (request, pos + 8, counts(2));
  max_recursion_depth (depth);

  try
    results = run_function (name, counts(1), arguments);
  catch err
    kind = frame_kind ("failure");
    payload = encode_failure (0, err.message, err.identifier, err.stack);
    return;
  end_try_catch

  try
    max_recursion_depth (deepest_values ());
    kind = frame_kind ("result");
    payload = [typecast(uint32 (numel (results)), "uint8"), ...
               encode_values(results, 0)];
  catch err
    kind = frame_kind ("failure");
    payload = encode_failure (2, [unsupported_part(results), err.message]);
  end_try_catch
  max_recursion_depth (depth);

endfunction

## Values nest up to 128 levels, and coding a level takes two calls: more than
## the 256 that Octave allows, and user code keeps that limit.
function n = deepest_values ()

  n = 512;

endfunction

function results = run_function (name, count, arguments)

  results = cell (1, count);
  if (count == 0)
    feval (name, arguments{:});
  else
    [results{:}] = feval (name, arguments{:});
  endif

endfunction
