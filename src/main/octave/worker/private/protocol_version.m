## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## NUMBER = protocol_version ()
##
## The version of docs/worker-protocol.md that this code speaks.

function number = protocol_version ()

  number = 1;

endfunction
