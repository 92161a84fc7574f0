## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PLACES = names_in (TAPE, PLACE)
##
## Where the names of an object's members stand; right behind each, its value.

function places = names_in (tape, place)

  places = place+1:tape.past(place)-1;
  places = places(tape.kind(places) == "k" & tape.parent(places) == place);

endfunction
