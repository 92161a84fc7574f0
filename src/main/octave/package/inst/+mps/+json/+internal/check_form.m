## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## check_form (X, LEVEL)
##
## Throw mps:json:unsupported when X has no JSON form.

function check_form (x, level)

  problem = mps.json.internal.problem_of (x, level);
  if (! isempty (problem))
    error ("mps:json:unsupported", "%s", problem);
  endif

endfunction
