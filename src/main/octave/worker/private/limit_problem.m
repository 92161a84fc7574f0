## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PROBLEM = limit_problem (X, LEVEL)
##
## What is too deep or too wide about X, around which stand LEVEL cell arrays
## and structs, for docs/worker-protocol.md.  Empty when nothing is.

function problem = limit_problem (x, level)

  most = 128;
  problem = "";
  if (level > most)
    problem = sprintf ("nested deeper than %d levels", most);
  elseif (ndims (x) > most)
    problem = sprintf ("%d dimensions are more than %d", ndims (x), most);
  endif

endfunction
