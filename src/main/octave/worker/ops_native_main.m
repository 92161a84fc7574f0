function ops_native_main ()
  mlock ();
  functions = struct ("start", @start_serving, "state", @() state_to_keep (struct ("in", 0, "out", 1)), ...
    "run", @run_call, "cannot_take", @cannot_take, "no_encoding", @no_encoding, ...
    "metrics", @metrics_payload, "restore", @restore_state, "forked", @reseed);
  try
    ops_native (functions);
  catch err
    fprintf (stderr, "ops worker: %s\n", err.message);
    exit (70);
  end_try_catch
  exit (0);
endfunction
function reseed ()
  for generator = {@rand, @randn, @rande, @randg, @randp}
    if (isequal (generator{1}, @randg) || isequal (generator{1}, @randp))
      generator{1} ("state", "reset");
    else
      generator{1} ("state", "reset");
    endif
  endfor
endfunction
function payload = cannot_take (message, identifier)
  payload = encode_failure (1, ["Octave cannot take the arguments: ", message], identifier);
endfunction
function payload = no_encoding (results, message)
  payload = encode_failure (2, [unsupported_part(results), message]);
endfunction
function payload = metrics_payload ()
  payload = [];
  updates = ops_metrics ();
  if (! isempty (updates))
    payload = encode_metrics (updates);
  endif
endfunction
