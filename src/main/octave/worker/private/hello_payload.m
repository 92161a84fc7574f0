## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = hello_payload ()
##
## What a worker says of itself: protocol version, implementation, Octave's
## version, process id.

function payload = hello_payload ()

  payload = [typecast(uint32 (protocol_version ()), "uint8"), ...
             encode_text("portable"), encode_text(version ()), ...
             typecast(uint64 (getpid ()), "uint8")];

endfunction
