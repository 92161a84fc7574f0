## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## refuse_other (TAPE, PLACE, WANTED)
##
## Say that the value at a place is not what it should be.

function refuse_other (tape, place, wanted)

  mps.json.internal.refuse (tape, place, ["expected ", wanted, ", got ", ...
                                          found(tape, place)]);

endfunction

function text = found (tape, place)

  switch (tape.kind(place))
    case "n"
      text = "null";
    case "t"
      text = "true";
    case "f"
      text = "false";
    case "s"
      text = mps.json.internal.in_quotes ( ...
        mps.json.internal.string_points (tape, place));
    case "["
      text = sprintf ("an array of %d", tape.count(place));
    case "{"
      text = "an object";
    otherwise
      parts = mps.json.internal.integer_parts (tape, place);
      if (parts.is_integer)
        text = mps.json.internal.integer_list (parts.magnitude, {""}, 1);
        text = [repmat("-", 1, parts.negative), text];
      else
        text = mps.json.internal.number_list (tape.number(place), {""}, 1, ...
                                              "string");
      endif
  endswitch

endfunction
