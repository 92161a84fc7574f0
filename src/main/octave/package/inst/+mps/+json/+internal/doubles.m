## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## VALUES = doubles (TAPE, PLACES, WANTED)
##
## The doubles at some places, NaN and the infinities in either of their forms.

function values = doubles (tape, places, wanted)

  values = tape.number(places);
  others = find (tape.kind(places) != "0");
  if (! isempty (others))
    [values(others), found] ...
      = mps.json.internal.special_numbers (tape, places(others));
    if (! all (found))
      wrong = places(others(find (! found, 1)));
      mps.json.internal.refuse_other (tape, wrong, wanted);
    endif
  endif

endfunction
