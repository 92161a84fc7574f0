## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## refuse (TAPE, PLACE, PROBLEM)
##
## Say what is wrong with the value at a place: the path to it comes first.

function refuse (tape, place, problem)

  steps = {};
  while (tape.parent(place) > 0)
    around = tape.parent(place);
    if (tape.kind(around) == "[")
      steps{end+1} = sprintf ("[%d]", ...
                              sum (tape.parent(around+1:place-1) == around));
    else
      name = mps.json.internal.string_points (tape, place - 1);
      steps{end+1} = ["." mps.json.internal.readable(name)];
    endif
    place = around;
  endwhile
  steps = fliplr (steps);
  if (numel (steps) > 16)
    steps = [steps(1:8), {"..."}, steps(end-7:end)];
  endif
  path = [tape.root, steps{:}];
  if (isempty (path))
    path = "the response";
  elseif (path(1) == ".")
    path(1) = [];
  endif
  error ("mps:json:notation", "%s: %s: %s", tape.caller, path, problem);

endfunction
