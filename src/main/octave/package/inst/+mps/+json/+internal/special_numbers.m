## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [VALUES, FOUND] = special_numbers (TAPE, PLACES)
##
## The values of the strings "NaN", "Inf" and "-Inf" and of the objects
## {"mwdata":"NaN"} and so on; FOUND says where one of them stands.

function [values, found] = special_numbers (tape, places)

  values = zeros (1, numel (places));
  found = false (1, numel (places));
  objects = find (tape.kind(places) == "{");
  places(objects) = arrayfun (@(place) bare_text (tape, place), ...
                              places(objects));
  strings = find (places > 0);
  strings = strings(tape.kind(places(strings)) == "s");
  texts = places(strings);
  for special = {"NaN", NaN; "Inf", Inf; "-Inf", -Inf}.'
    same = mps.json.internal.has_text (tape, texts, special{1});
    values(strings(same)) = special{2};
    found(strings(same)) = true;
  endfor

endfunction

## Where the string stands that is all an object says, or 0.
function at = bare_text (tape, place)

  at = 0;
  members = mps.json.internal.large_members (tape, place);
  if (members.mwdata && ! members.mwsize && ! members.mwtype
      && tape.kind(members.mwdata) == "s")
    at = members.mwdata;
  endif

endfunction
