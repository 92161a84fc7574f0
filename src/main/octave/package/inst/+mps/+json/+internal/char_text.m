## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = char_text (X)
##
## The characters of a char array as the one text of large notation, without
## loss.  A row is its bytes.  An array of more rows (for more dimensions, all
## but the first count as columns) has its characters column by column: as whole
## characters when every row is valid UTF-8 with as many characters as the
## others, else byte by byte, which quoted then writes one by one.

function text = char_text (x)

  bytes = reshape (x, 1, numel (x));
  if (rows (x) == 1 && ndims (x) == 2 || all (bytes < 128))
    text = bytes;
    return;
  endif
  lines = reshape (x, rows (x), numel (x) / rows (x));
  points = cell (rows (lines), 1);
  for i = 1:rows (lines)
    [points{i}, valid] = mps.json.internal.utf8_points (lines(i,:));
    if (! all (valid) || numel (points{i}) != numel (points{1}))
      text = double (bytes);
      text(text >= 128) += 56320;  # U+DC00
      return;
    endif
  endfor
  text = reshape (vertcat (points{:}), 1, []);

endfunction
