## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## JSON = quoted (TEXT)
##
## A text as a JSON string: a row of bytes, or a row of characters as
## utf8_points has them.  A byte that is no UTF-8 is an escape like \udc80.

function json = quoted (text)

  if (ischar (text))
    bytes = reshape (text, 1, numel (text));
    if (! any (bytes < 32 | bytes > 126 | bytes == "\"" | bytes == "\\"))
      json = ["\"", bytes, "\""];
      return;
    endif
    text = mps.json.internal.utf8_points (bytes);
  endif

  lone = (text >= 0xDC80 & text <= 0xDCFF);
  low = (text < 32);
  short = (text == "\"" | text == "\\");
  columns = repmat (" ", 9, numel (text));
  kept = false (9, numel (text));
  ## Row 9 stands for what needs no escape, whose bytes come later.
  kept(9,:) = ! (lone | low | short);
  [columns, kept] = put (columns, kept, lone, "\\udc%02x", text - 56320);
  [columns, kept] = put (columns, kept, low, "\\u%04X", text);
  [columns, kept] = put (columns, kept, short, "\\%c", text);
  for c = "\b\t\n\f\r"
    at = (text == c);
    kept(:,at) = false;
    [columns, kept] = put (columns, kept, at, ...
                           ["\\", "btn.fr"(c - 7), "%.0s"], text);
  endfor
  json = ["\"", merged(columns, kept, text), "\""];

endfunction

function [columns, kept] = put (columns, kept, where, template, values)

  count = sum (where);
  if (count > 0)
    texts = sprintf (template, values(where));
    size_of_one = numel (texts) / count;
    columns(1:size_of_one,where) = reshape (texts, size_of_one, count);
    kept(1:size_of_one,where) = true;
  endif

endfunction

function json = merged (columns, kept, points)

  sizes = mps.json.internal.utf8_sizes (points);
  plain = find (kept(9,:));
  bytes = mps.json.internal.points_utf8 (points(plain));
  sizes = sizes(plain);
  kept(9,:) = false;
  kept(1:4,plain) = bsxfun (@le, (1:4).', sizes);
  at = false (size (kept));
  at(1:4,plain) = kept(1:4,plain);
  columns(at) = bytes;
  json = reshape (columns(kept), 1, []);

endfunction
