## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = element_list (X, GAPS, WHICH, SPECIAL)
##
## The elements of a row of numbers or truth values; WHICH has the number of the
## gap behind each, SPECIAL is the form of NaN and the infinities.

function text = element_list (x, gaps, which, special)

  if (isfloat (x))
    text = mps.json.internal.number_list (x, gaps, which, special);
  elseif (islogical (x))
    words = cell (2, numel (gaps));
    for j = 1:numel (gaps)
      words{1,j} = ["false", gaps{j}];
      words{2,j} = ["true", gaps{j}];
    endfor
    text = [words{1 + x + 2 * (which - 1)}, ""];
  else
    text = mps.json.internal.integer_list (x, gaps, which);
  endif

endfunction
