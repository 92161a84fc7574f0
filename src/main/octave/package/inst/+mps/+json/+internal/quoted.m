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
  control = (text < 32);
  marks = (text == "\"" | text == "\\");
  columns = repmat (" ", 7, numel (text));
  kept = false (7, numel (text));
  ## Row 7 stands for what needs no escape, whose bytes come later.
  kept(7,:) = ! (lone | control | marks);
  [columns, kept] = put (columns, kept, lone, ...
                         sprintf ("\\udc%02x", text(lone) - 56320));
  [columns, kept] = put (columns, kept, control, ...
                         sprintf ("\\u%04X", text(control)));
  [columns, kept] = put (columns, kept, marks, ...
                         [repmat("\\", 1, sum (marks)); char(text(marks))]);
  for short = ["\b\t\n\f\r"; "btnfr"]
    at = (text == short(1));
    kept(:,at) = false;
    [columns, kept] = put (columns, kept, at, ...
                           repmat (["\\", short(2)], 1, sum (at)));
  endfor
  json = ["\"", merged(columns, kept, text), "\""];

endfunction

## The escapes of some characters, all equally long.
function [columns, kept] = put (columns, kept, where, escapes)

  if (any (where))
    escapes = reshape (escapes, [], sum (where));
    columns(1:rows (escapes),where) = escapes;
    kept(1:rows (escapes),where) = true;
  endif

endfunction

function json = merged (columns, kept, points)

  plain = find (kept(7,:));
  kept(7,:) = false;
  if (! isempty (plain))
    sizes = mps.json.internal.utf8_sizes (points(plain));
    at = false (size (kept));
    at(1:4,plain) = bsxfun (@le, (1:4).', sizes);
    columns(at) = mps.json.internal.points_utf8 (points(plain));
    kept |= at;
  endif
  json = reshape (columns(kept), 1, []);

endfunction
