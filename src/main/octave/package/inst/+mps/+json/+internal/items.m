## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PLACES = items (TAPE, PLACE, COUNT, REASON, BARE)
##
## Where the COUNT elements of the array stand that must be at a place.  With
## BARE a single one may stand there without an array around it, as MathWorks'
## own documentation has it.

function places = items (tape, place, count, reason, bare = false)

  if (bare && count == 1 && tape.kind(place) != "[")
    places = place;
  elseif (tape.kind(place) == "[" && tape.count(place) == count)
    places = mps.json.internal.children (tape, place);
  else
    mps.json.internal.refuse_other (tape, place, sprintf ( ...
      "an array of %d %s", count, reason));
  endif

endfunction
