## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [KIND, PAYLOAD, MARK] = answer_call (REQUEST)
##
## Run the function that REQUEST names and encode what it answers or throws.
## Which functions may be called is the server's business.

function [kind, payload, mark] = answer_call (request)

  ## Values nest up to 128 levels, and coding a level takes three calls: more
  ## than the 256 that Octave allows.  User code keeps that limit, and what it
  ## sets instead ends with it.
  depth = max_recursion_depth (512, "local");
  [mark, pos] = decode_text (request, 1);

  try
    [name, pos] = decode_text (request, pos);
    counts = double (typecast (request(pos:pos+7), "uint32"));
    [arguments, ~] = decode_values (request, pos + 8, counts(2));
  catch err
    kind = frame_kind ("failure");
    payload = encode_failure (1, ["Octave cannot take the arguments: ", ...
                                  err.message], err.identifier);
    return;
  end_try_catch

  try
    results = run_function (name, counts(1), arguments, depth);
  catch err
    kind = frame_kind ("failure");
    payload = encode_failure (0, err.message, err.identifier, err.stack);
    return;
  end_try_catch

  try
    kind = frame_kind ("result");
    payload = [typecast(uint32 (numel (results)), "uint8"), ...
               encode_values(results, 0)];
  catch err
    kind = frame_kind ("failure");
    payload = encode_failure (2, [unsupported_part(results), err.message]);
  end_try_catch

endfunction

function results = run_function (name, count, arguments, depth)

  results = cell (1, count);
  max_recursion_depth (depth, "local");
  if (count == 0)
    feval (name, arguments{:});
  else
    [results{:}] = feval (name, arguments{:});
  endif

endfunction
