## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = readable (POINTS)
##
## A name as it stands in a path: in quotes unless it is a plain one.

function text = readable (points)

  if (! isempty (points) && numel (points) <= 40 && all (points < 128)
      && all (isalnum (char (points)) | points == "_"))
    text = char (points);
  else
    text = mps.json.internal.in_quotes (points);
  endif

endfunction
