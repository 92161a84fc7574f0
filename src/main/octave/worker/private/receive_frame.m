## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## FRAME = receive_frame (CHANNEL)
##
## Wait for a frame.  FRAME has the members kind, number and payload (a row of
## uint8).  When the server has closed the stream between two frames, kind is
## that of "end".  fgetl would wait for the byte behind the line, so the header
## has a fixed size.

function frame = receive_frame (channel)

  [header, got] = fread (channel.in, 24, "uint8=>uint8");
  if (got == 0)
    frame = struct ("kind", frame_kind ("end"), "number", 0, "payload", []);
    return;
  endif
  header = header.';
  if (got != 24 || ! isequal (header(1:4), uint8 ("OPSW")))
    error ("this is no frame: %s", sprintf ("%02x", header));
  endif
  frame.kind = double (typecast (header(5:6), "uint16"));
  frame.number = typecast (header(9:16), "uint64");
  expected = double (typecast (header(17:24), "uint64"));
  [payload, got] = fread (channel.in, expected, "uint8=>uint8");
  if (got != expected)
    error ("a frame ends after %d of %d bytes", got, expected);
  endif
  frame.payload = reshape (payload, 1, got);

endfunction
