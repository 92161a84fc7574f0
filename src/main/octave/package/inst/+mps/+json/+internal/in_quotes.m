## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = in_quotes (POINTS)
##
## The beginning of a text in quotes, for a message: with nothing in it that
## could upset a terminal or a log.

function text = in_quotes (points)

  wide = points >= 0x10000;
  units = [points; repmat(-1, 1, numel (points))];
  ## 55296 is U+D800 and so on; literals in hex would be integers.
  units(1,wide) = 55296 + floor ((points(wide) - 65536) / 1024);
  units(2,wide) = 56320 + mod (points(wide), 1024);
  units = reshape (units(units >= 0), 1, []);
  shown = units(1:min (40, end));
  parts = cell (1, numel (shown));
  for i = 1:numel (shown)
    c = shown(i);
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0xD800 && c <= 0xDFFF)
        || c == 0x2028)
      parts{i} = sprintf ("\\u%04x", c);
    else
      parts{i} = mps.json.internal.points_utf8 (c);
    endif
  endfor
  text = ["\"", parts{:}, repmat("...", 1, numel (units) > 40), "\""];

endfunction
