## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = size_text (EXTENTS)
##
## A size as Octave prints it: 2x3x4.

function text = size_text (extents)

  text = sprintf ("%dx", extents)(1:end-1);

endfunction
