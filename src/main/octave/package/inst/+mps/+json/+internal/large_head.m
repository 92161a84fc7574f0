## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## HEAD = large_head (TAPE, PLACE, MEMBERS)
##
## What large notation says about an array beside its elements: type, complex,
## and size, without trailing ones beyond the second.

function head = large_head (tape, place, members)

  need (tape, place, members.mwtype, "mwtype");
  if (tape.kind(members.mwtype) != "s")
    mps.json.internal.refuse_other (tape, members.mwtype, ...
                                    "the name of a class");
  endif
  head.type = mps.json.internal.string_bytes (tape, members.mwtype);
  need (tape, place, members.mwsize, "mwsize");
  head.size = size_at (tape, members.mwsize);
  need (tape, place, members.mwdata, "mwdata");
  head.complex = false;
  if (members.mwcomplex)
    head.complex = complex_at (tape, members.mwcomplex, head.type, ...
                               members.mwtype);
  endif

endfunction

function need (tape, place, member, name)

  if (! member)
    mps.json.internal.refuse (tape, place, [name, " is missing: large ", ...
                              "notation needs mwdata, mwsize and mwtype"]);
  endif

endfunction

function extents = size_at (tape, place)

  if (tape.kind(place) != "[" || tape.count(place) < 2
      || tape.count(place) > 128)
    mps.json.internal.refuse_other (tape, place, ...
                                    "an array of 2 to 128 extents");
  endif
  at = mps.json.internal.children (tape, place);
  extents = tape.number(at);
  parts = mps.json.internal.integer_parts (tape, at);
  wrong = find (! (parts.is_integer & ! parts.negative
                   & parts.magnitude < bitshift (uint64 (1), 63)), 1);
  if (! isempty (wrong))
    mps.json.internal.refuse_other (tape, at(wrong), "an integer from 0");
  endif
  if (prod (extents) >= 2^63)
    texts = mps.json.internal.integer_list ( ...
      parts.magnitude, {", ", ""}, [ones(1, numel (at) - 1), 2]);
    mps.json.internal.refuse (tape, place, ...
                              ["too many elements: [", texts, "]"]);
  elseif (prod (extents) > 2147483647)
    mps.json.internal.refuse (tape, place, ...
                              "an array may have 2147483647 elements");
  endif
  if (prod (extents(extents > 0)) >= 2^63)
    mps.json.internal.refuse (tape, place, "Octave has no array of this size");
  endif
  extents = extents(1:max ([2, find(extents != 1, 1, "last")]));

endfunction

function answer = complex_at (tape, place, type, type_place)

  answer = (tape.kind(place) == "t");
  if (! any (tape.kind(place) == "tf"))
    mps.json.internal.refuse_other (tape, place, "true or false");
  elseif (answer && ! any (strcmp (type, {"double", "single"})))
    name = mps.json.internal.string_points (tape, type_place);
    mps.json.internal.refuse (tape, place, [ ...
      "only double and single can be complex, not ", ...
      mps.json.internal.readable(name)]);
  endif

endfunction
