## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PLACES = children (TAPE, PLACE)
##
## Where the elements of an array stand.

function places = children (tape, place)

  places = place+1:tape.past(place)-1;
  if (numel (places) > tape.count(place))
    places = places(tape.parent(places) == place);
  endif

endfunction
