## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = string_bytes (TAPE, PLACE)
##
## The string, or name of a member, at a place as Octave holds text: a row of
## bytes, those that are no UTF-8 too.

function text = string_bytes (tape, place)

  if (tape.escaped(place))
    text = mps.json.internal.points_utf8 ( ...
      mps.json.internal.string_points (tape, place));
  else
    text = tape.text(tape.first(place)+1:tape.last(place)-1);
  endif

endfunction
