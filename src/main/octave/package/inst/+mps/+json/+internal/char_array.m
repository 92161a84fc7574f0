## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## X = char_array (TAPE, PLACE, EXTENTS, BLAMED)
##
## The char array whose text is the string at PLACE, 0 for none.  The size is
## recomputed from the text, for clients count characters where Octave counts
## bytes: EXTENTS gives the number of rows, and all else only when the bytes fit
## it.  When they fit nothing, BLAMED is the place to name.

function x = char_array (tape, place, extents, blamed)

  points = [];
  if (place > 0)
    points = encodable (tape, place);
  endif
  if (numel (extents) == 2 && extents(1) == 1)
    bytes = mps.json.internal.points_utf8 (points);
  else
    bytes = dealt (tape, blamed, points, extents(1));
  endif

  if (prod (extents) != numel (bytes))
    if (numel (extents) > 2)
      mps.json.internal.refuse (tape, blamed, sprintf ( ...
        "the text has %d bytes of UTF-8, which do not fit the size %s", ...
        numel (bytes), mps.json.internal.size_text (extents)));
    endif
    extents(2) = floor (numel (bytes) / max (extents(1), 1)) * (extents(1) > 0);
  endif
  x = reshape (bytes, extents);

endfunction

function points = encodable (tape, place)

  if (tape.kind(place) != "s")
    mps.json.internal.refuse_other (tape, place, "a string");
  endif
  points = mps.json.internal.string_points (tape, place);
  if (any (points >= 0xD800 & points <= 0xDFFF
           & ! (points >= 0xDC80 & points <= 0xDCFF)))
    mps.json.internal.refuse_other (tape, place, ...
      ["text without half a surrogate pair (only \\udc80 to \\udcff, for a", ...
       " byte that is no UTF-8)"]);
  endif

endfunction

## Deal the characters out to the rows, column by column.
function bytes = dealt (tape, blamed, points, rows)

  count = numel (points);
  if (count == 0)
    bytes = "";
    return;
  elseif (rows == 0 || mod (count, rows) != 0)
    mps.json.internal.refuse (tape, blamed, sprintf ( ...
      "%d characters do not make %d rows of the same length", count, rows));
  endif
  points = reshape (points, rows, count / rows);
  sizes = sum (mps.json.internal.utf8_sizes (points), 2);
  if (any (sizes != sizes(1)))
    mps.json.internal.refuse (tape, blamed, ...
      ["the rows differ in their number of UTF-8 bytes, and in Octave a ", ...
       "row of a char array is bytes; pad them, or send a cell array of texts"]);
  endif
  bytes = mps.json.internal.points_utf8 (reshape (points.', 1, count));
  bytes = reshape (bytes, sizes(1), rows).';

endfunction
