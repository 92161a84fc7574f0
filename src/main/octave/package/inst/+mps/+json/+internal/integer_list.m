## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = integer_list (X, GAPS, WHICH)
##
## The elements of a row of any integer class with all their digits; WHICH has
## the number of the gap behind each.

function text = integer_list (x, gaps, which)

  values = double (x);
  large = (abs (values) >= 2^53);
  arguments = [values; repmat([10; 0], 1, numel (x))];
  forms = ones (1, numel (x));
  if (any (large))
    negative = (x(large) < 0);
    sizes = uint64 (x(large));
    ## The negative of the smallest int64 is none.
    sizes(negative) = uint64 (-(x(large)(negative) + 1)) + 1;
    low = mod (sizes, uint64 (1e10));
    ## A width in the template itself would take quadratic time.
    arguments([1, 3],large) = double ([(sizes - low) / uint64(1e10); low]);
    forms(large) = 2 + negative;
  endif
  used = [true(1, numel (x)); large; large];
  text = mps.json.internal.print_list ({"%d", "%d%0*d", "-%d%0*d"}, ...
                                       forms, gaps, which, arguments(used));

endfunction
