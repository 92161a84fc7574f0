## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## BYTES = points_utf8 (POINTS)
##
## The opposite of utf8_points: a row of chars.

function bytes = points_utf8 (points)

  if (all (points < 128))
    bytes = char (points);
    return;
  endif

  sizes = mps.json.internal.utf8_sizes (points);
  parts = zeros (4, numel (points));
  parts(1,:) = points;
  parts(1,points >= 0xDC80 & points <= 0xDCFF) -= 56320;
  for n = 2:4
    at = (sizes == n);
    rest = points(at);
    for k = n:-1:2
      parts(k,at) = 128 + mod (rest, 64);
      rest = floor (rest / 64);
    endfor
    parts(1,at) = 256 - 2 ^ (8 - n) + rest;
  endfor
  bytes = char (reshape (parts(bsxfun (@le, (1:4).', sizes)), 1, []));

endfunction
