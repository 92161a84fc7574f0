## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [KIND, PAYLOAD, MARK, FORMAT] = answer_call (REQUEST)
##
## Run the function that REQUEST names and encode what it answers or throws.
## Which functions may be called is the server's business.  FORMAT is that of
## the figures that are wanted, or 0.

function [kind, payload, mark, format] = answer_call (request)

  ## Values nest up to 128 levels, and coding a level takes three calls: more
  ## than the 256 that Octave allows.  User code keeps that limit, and what it
  ## sets instead ends with it.
  depth = max_recursion_depth (512, "local");
  [mark, pos] = decode_text (request, 1);

  format = 0;
  try
    [name, pos] = decode_text (request, pos);
    counts = double (typecast (request(pos:pos+11), "uint32"));
    [arguments, ~] = decode_values (request, pos + 12, counts(3));
  catch err
    kind = frame_kind ("failure");
    payload = refused_arguments (err.message, err.identifier);
    return;
  end_try_catch

  if (exist (name) == 103)
    ## An earlier call has defined another function of this name.
    clear ("-functions", name);
  endif
  [results, payload] = run_call (name, counts(1), arguments, depth);
  if (! isempty (payload))
    kind = frame_kind ("failure");
    return;
  endif

  try
    kind = frame_kind ("result");
    payload = [typecast(uint32 (numel (results)), "uint8"), ...
               encode_values(results, 0)];
    format = counts(2);
  catch err
    kind = frame_kind ("failure");
    payload = refused_results (results, err.message);
  end_try_catch

endfunction
