## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [KIND, PAYLOAD, MARK] = start_serving (REQUEST)
##
## Make this process the worker of one bundle version: REQUEST names the
## scratch directory to work in and the directories to load from.

function [kind, payload, mark] = start_serving (request)

  theirs = double (typecast (request(1:4), "uint32"));
  [mark, pos] = decode_text (request, 5);
  if (theirs != protocol_version ())
    kind = frame_kind ("failure");
    payload = encode_failure (1, sprintf (
      "the server speaks version %d of the worker protocol, this worker %d",
      theirs, protocol_version ()));
    return;
  endif

  [scratch, pos] = decode_text (request, pos);
  count = double (typecast (request(pos:pos+3), "uint32"));
  pos += 4;
  folders = cell (1, count);
  for i = 1:count
    [folders{i}, pos] = decode_text (request, pos);
  endfor

  try
    configure_octave ();
    cd (scratch);
    load_folders (folders);
    kind = frame_kind ("ready");
    payload = zeros (1, 0, "uint8");
  catch err
    kind = frame_kind ("failure");
    payload = encode_failure (1, err.message, err.identifier, err.stack);
  end_try_catch

endfunction

## Settings that only make sense for a person at a terminal, turned off.
function configure_octave ()

  page_screen_output (false);
  page_output_immediately (true);
  crash_dumps_octave_core (false);
  sighup_dumps_octave_core (false);
  sigterm_dumps_octave_core (false);
  debug_on_error (false);
  debug_on_warning (false);
  beep_on_error (false);
  prepare_figures ();

endfunction
