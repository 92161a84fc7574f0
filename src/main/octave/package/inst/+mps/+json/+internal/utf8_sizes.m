## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## SIZES = utf8_sizes (POINTS)
##
## How many bytes each character takes; the escape of a byte is one.

function sizes = utf8_sizes (points)

  sizes = 1 + (points >= 0x80) + (points >= 0x800) + (points >= 0x10000);
  sizes(points >= 0xDC80 & points <= 0xDCFF) = 1;

endfunction
