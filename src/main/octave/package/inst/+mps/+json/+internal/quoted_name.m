## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## JSON = quoted_name (NAME)
##
## The name of a field as a JSON string.  JSON readers refuse half a surrogate
## pair in a name, so a byte that is no UTF-8 is U+FFFD, as from the server.

function json = quoted_name (name)

  points = mps.json.internal.utf8_points (name);
  points(points >= 0xDC80 & points <= 0xDCFF) = 65533;
  json = mps.json.internal.quoted (points);

endfunction
