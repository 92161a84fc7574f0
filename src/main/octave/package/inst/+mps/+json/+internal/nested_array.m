## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## X = nested_array (TAPE, PLACE)
##
## The array in small notation at a place: arrays in arrays, dimension 1
## outermost; a flat one is a row.

function x = nested_array (tape, place)

  extents = extents_at (tape, place);
  rank = numel (extents);
  inside = place:tape.past(place)-1;
  depths = tape.level(inside) - tape.level(place);
  check_shape (tape, inside(depths < rank), depths(depths < rank), extents);
  leaves = inside(depths == rank);
  if (! isempty (leaves) && any (tape.kind(leaves(1)) == "tf"))
    x = (tape.kind(leaves) == "t");
    wrong = find (! (x | tape.kind(leaves) == "f"), 1);
    if (! isempty (wrong))
      mps.json.internal.refuse_other ( ...
        tape, leaves(wrong), "true or false like the others beside it");
    endif
  else
    x = mps.json.internal.doubles ( ...
      tape, leaves, "a number (other arrays need large notation)");
  endif
  if (rank == 1 && isempty (x))
    x = [];
  elseif (rank > 1)
    x = permute (reshape (x, fliplr (extents)), rank:-1:1);
  endif

endfunction

## The number of elements at each depth, as the first branch has them.
function extents = extents_at (tape, place)

  extents = [];
  while (tape.kind(place) == "[")
    if (numel (extents) == 128)
      mps.json.internal.refuse (tape, place, ...
                                "an array may have 128 dimensions");
    endif
    extents(end+1) = tape.count(place);
    if (extents(end) == 0)
      return;
    endif
    place++;
  endwhile

endfunction

function check_shape (tape, places, depths, extents)

  wrong = find (tape.kind(places) != "["
                | tape.count(places) != extents(depths + 1), 1);
  if (! isempty (wrong))
    mps.json.internal.refuse_other (tape, places(wrong), sprintf ( ...
      "an array of %d like the others beside it", extents(depths(wrong) + 1)));
  endif

endfunction
