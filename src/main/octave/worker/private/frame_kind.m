## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## NUMBER = frame_kind (NAME)
##
## The number of a kind of frame, as docs/worker-protocol.md lists them.
## "end" stands for the end of the stream and never travels.

function number = frame_kind (name)

  persistent numbers = struct ("end", 0, "hello", 1, "start", 2, "ready", 3, ...
                               "call", 4, "result", 5, "failure", 6, ...
                               "ping", 7, "pong", 8, "shutdown", 9, ...
                               "metrics", 10, "figures", 15, ...
                               "progress", 16);
  number = numbers.(name);

endfunction
