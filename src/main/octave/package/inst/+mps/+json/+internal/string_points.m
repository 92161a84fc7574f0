## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## POINTS = string_points (TAPE, PLACE)
##
## The characters of the string at a place.  Escaped halves of a pair are one
## character when they stand side by side, others stay as they are.

function points = string_points (tape, place)

  points = mps.json.internal.utf8_points ( ...
    tape.text(tape.first(place)+1:tape.last(place)-1));
  if (! tape.escaped(place))
    return;
  endif

  slashes = [points == "\\", false];
  at = find (slashes);
  ## In a run of backslashes each odd one escapes the next.
  begins = [true, diff(at) > 1];
  run_begins = at(begins);
  at = at(mod (at - run_begins(cumsum (begins)), 2) == 0);

  letters = zeros (1, 256);
  letters(double ("\"\\/bfnrt")) = double ("\"\\/\b\f\n\r\t");
  kept = true (1, numel (points));
  kept(at) = false;
  unicode = at(points(at + 1) == "u");
  plain = at(points(at + 1) != "u");
  points(plain + 1) = letters(points(plain + 1));
  if (! isempty (unicode))
    digits = points(bsxfun (@plus, unicode.', 2:5)) - 48;
    digits -= 7 * (digits > 9) + 32 * (digits > 48);
    points(unicode + 1) = digits * [4096; 256; 16; 1];
    kept(bsxfun (@plus, unicode.', 2:5)) = false;
  endif
  points = joined_pairs (points(kept));

endfunction

function points = joined_pairs (points)

  high = (points >= 0xD800 & points <= 0xDBFF);
  low = (points >= 0xDC00 & points <= 0xDFFF);
  at = find (high(1:end-1) & low(2:end));
  ## 65536, 55296 and 56320 are U+10000, U+D800 and U+DC00; literals in hex
  ## would be integers.
  points(at) = 65536 + (points(at) - 55296) * 1024 + points(at + 1) - 56320;
  points(at + 1) = [];

endfunction
