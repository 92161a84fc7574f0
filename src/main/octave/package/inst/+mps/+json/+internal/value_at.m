## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## X = value_at (TAPE, PLACE, LEVEL)
##
## The value at a place in either notation, around which stand LEVEL cell arrays
## and structs.

function x = value_at (tape, place, level)

  if (level > 128)
    mps.json.internal.refuse (tape, place, "nested deeper than 128 levels");
  endif
  switch (tape.kind(place))
    case "0"
      x = tape.number(place);
    case "s"
      x = text_row (tape, place);
    case "["
      x = mps.json.internal.nested_array (tape, place);
    case "{"
      members = mps.json.internal.large_members (tape, place);
      if (! (members.mwdata || members.mwsize || members.mwtype))
        x = small_struct (tape, place, level);
        return;
      endif
      special = false;
      if (! members.mwtype)
        [x, special] = mps.json.internal.special_numbers (tape, place);
      endif
      if (! special)
        head = mps.json.internal.large_head (tape, place, members);
        x = large (tape, members, head, level);
      endif
    case "n"
      mps.json.internal.refuse_other (tape, place, ...
                                      "a value (Octave has none for null)");
    otherwise
      x = (tape.kind(place) == "t");
  endswitch

endfunction

function x = text_row (tape, place)

  is_empty = (tape.last(place) == tape.first(place) + 1);
  x = mps.json.internal.char_array (tape, place, [! is_empty, 0], place);

endfunction

function x = large (tape, members, head, level)

  data = members.mwdata;
  count = prod (head.size);
  reason = ["for the size ", mps.json.internal.size_text(head.size)];
  switch (head.type)
    case {"double", "single", "int8", "uint8", "int16", "uint16", "int32", ...
          "uint32", "int64", "uint64"}
      x = mps.json.internal.number_array (tape, data, head);
    case "logical"
      places = mps.json.internal.items (tape, data, count, reason, true);
      x = reshape (truths (tape, places), head.size);
    case "char"
      x = chars (tape, data, head.size);
    case "string"
      places = mps.json.internal.items (tape, data, count, reason, true);
      x = strings (tape, places, head.size);
    case "cell"
      places = mps.json.internal.items (tape, data, count, reason, true);
      x = cell (head.size);
      for i = 1:count
        x{i} = mps.json.internal.value_at (tape, places(i), level + 1);
      endfor
    case "struct"
      x = large_struct (tape, data, head.size, reason, level);
    otherwise
      mps.json.internal.refuse_other (tape, members.mwtype, ...
        ["a class that Octave has (double, single, int8 to uint64, ", ...
         "logical, char, string, cell, struct)"]);
  endswitch

endfunction

function x = truths (tape, places)

  x = (tape.kind(places) == "t");
  wrong = find (! (x | tape.kind(places) == "f"), 1);
  if (! isempty (wrong))
    mps.json.internal.refuse_other (tape, places(wrong), "true or false");
  endif

endfunction

## One string, in an array or not; no string is an empty one.
function x = chars (tape, data, extents)

  place = data;
  if (tape.kind(data) == "[")
    if (tape.count(data) == 0)
      place = 0;
    elseif (tape.count(data) == 1)
      place = data + 1;
    endif
  endif
  x = mps.json.internal.char_array (tape, place, extents, data);

endfunction

## MATLAB's string array, which Octave does not have: one string as char, others
## as a cell array of them.
function x = strings (tape, places, extents)

  x = cell (extents);
  for i = 1:numel (places)
    if (tape.kind(places(i)) == "{" && is_missing (tape, places(i)))
      mps.json.internal.refuse (tape, places(i), ...
                                "Octave has nothing for a missing string");
    endif
    x{i} = text_row (tape, places(i));
  endfor
  if (numel (x) == 1)
    x = x{1};
  endif

endfunction

function answer = is_missing (tape, place)

  members = mps.json.internal.large_members (tape, place);
  answer = members.mwdata && ! members.mwsize && ! members.mwtype ...
           && tape.kind(members.mwdata) == "s" ...
           && mps.json.internal.has_text (tape, members.mwdata, "missing");

endfunction

function x = small_struct (tape, place, level)

  [names, places, twice] = members_of (tape, place);
  values = cell (numel (places), 1);
  for i = 1:numel (places)
    check_new (tape, places, twice, i);
    values{i} = mps.json.internal.value_at (tape, places(i), level + 1);
  endfor
  x = cell2struct (values, names, 1);

endfunction

function x = large_struct (tape, data, extents, reason, level)

  if (tape.kind(data) != "{")
    mps.json.internal.refuse_other (tape, data, ...
                                    "an object with an array for each field");
  endif
  count = prod (extents);
  [names, places, twice] = members_of (tape, data);
  if (isempty (names))
    if (count > 1e6)
      ## They take no text, but Octave takes a byte for each.
      mps.json.internal.refuse (tape, data, ...
        "a struct array without fields may have 1000000 elements");
    endif
    x = cell2struct (cell ([0, extents]), cell (0, 1), 1);
    return;
  endif
  values = cell (1, numel (names));
  for k = 1:numel (names)
    check_new (tape, places, twice, k);
    items = mps.json.internal.items (tape, places(k), count, reason, true);
    values{k} = cell (count, 1);
    for i = 1:count
      values{k}{i} = mps.json.internal.value_at (tape, items(i), level + 1);
    endfor
  endfor
  x = reshape (cell2struct ([values{:}], names, 2), extents);

endfunction

function check_new (tape, places, twice, i)

  if (i == twice)
    mps.json.internal.refuse (tape, places(i), "the field stands twice");
  endif

endfunction

## TWICE is the number of the first member with the name of another before it,
## or 0.
function [names, places, twice] = members_of (tape, place)

  at = mps.json.internal.names_in (tape, place);
  places = at + 1;
  names = cell (1, numel (at));
  for i = 1:numel (at)
    names{i} = mps.json.internal.string_bytes (tape, at(i));
  endfor
  twice = 0;
  sorted = sort (names);
  if (any (strcmp (sorted(1:end-1), sorted(2:end))))
    [~, first] = unique (names, "first");
    twice = setdiff (1:numel (names), first)(1);
  endif

endfunction
