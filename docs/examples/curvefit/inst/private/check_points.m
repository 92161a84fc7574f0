## Copyright (C) 2026 The OPS developers
##
## SPDX-License-Identifier: GPL-3.0-or-later

## check_points (X, Y)
##
## Refuse points that are not two real vectors of the same length.

function check_points (x, y)

  if (! (isnumeric (x) && isnumeric (y) && isreal (x) && isreal (y)
         && isvector (x) && isvector (y)))
    error ("curvefit:points", "fitpoly: X and Y must be real vectors");
  endif
  if (numel (x) != numel (y))
    error ("curvefit:points", ...
           "fitpoly: X and Y must have the same number of points, not %d and %d", ...
           numel (x), numel (y));
  endif

endfunction
