## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## send_frame (CHANNEL, KIND, NUMBER, PAYLOAD)
##
## Send a frame whose payload is a row of uint8.

function send_frame (channel, kind, number, payload)

  if (getpid () != channel.pid)
    ## User code called fork, and this is the copy: the answer is not its own.
    kill (getpid (), 9);
  endif
  header = [uint8("OPSW"), typecast(uint16 ([kind, 0]), "uint8"), ...
            typecast(uint64 ([number, numel(payload)]), "uint8")];
  written = fwrite (channel.out, header) + fwrite (channel.out, payload);
  if (written != 24 + numel (payload) || fflush (channel.out) != 0)
    error ("the server no longer reads");
  endif

endfunction
