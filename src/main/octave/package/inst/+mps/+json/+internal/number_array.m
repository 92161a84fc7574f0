## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## X = number_array (TAPE, DATA, HEAD)
##
## The array of a numeric class whose elements are at DATA: flat, or for complex
## numbers also as pairs.

function x = number_array (tape, data, head)

  count = prod (head.size);
  reason = ["for the size ", mps.json.internal.size_text(head.size)];
  if (! head.complex)
    places = mps.json.internal.items (tape, data, count, reason, true);
    x = reshape (numbers (tape, places, head.type), head.size);
    return;
  endif

  pairs = tape.kind(data) == "[" && tape.count(data) > 0 ...
          && tape.kind(data+1) == "[";
  if (pairs)
    places = mps.json.internal.items (tape, data, count, reason);
    parts = arrayfun (@(place) mps.json.internal.items ( ...
                        tape, place, 2, "(real and imaginary part)"), ...
                      places, "uniformoutput", false);
    places = [parts{:}];
  else
    reason = strrep (reason, "the size", "the complex size");
    places = mps.json.internal.items (tape, data, 2 * count, reason);
  endif
  x = numbers (tape, places, head.type);
  ## complex last: reshape would make it real if the parts allow
  x = complex (reshape (x(1:2:end), head.size), ...
               reshape (x(2:2:end), head.size));

endfunction

function x = numbers (tape, places, type)

  switch (type)
    case "double"
      x = mps.json.internal.doubles (tape, places, "a number");
    case "single"
      x = singles (tape, places);
    otherwise
      x = integers (tape, places, type);
  endswitch

endfunction

function x = singles (tape, places)

  values = mps.json.internal.doubles (tape, places, "a number");
  x = single (values);
  at = find (tape.kind(places) == "0");
  x(at) = mps.json.internal.nearest_single ( ...
    values(at), @(numbers) texts_at (tape, places(at(numbers))));
  wrong = find (isinf (x(at)), 1);
  if (! isempty (wrong))
    mps.json.internal.refuse_other (tape, places(at(wrong)), ...
                                    "a number up to 3.4028235e38 for single");
  endif

endfunction

function texts = texts_at (tape, places)

  texts = cell (1, numel (places));
  for i = 1:numel (places)
    texts{i} = tape.text(tape.first(places(i)):tape.last(places(i)));
  endfor

endfunction

function x = integers (tape, places, type)

  parts = mps.json.internal.integer_parts (tape, places);
  zero = (tape.number(places) == 0);
  limit = uint64 (intmax (type));
  if (intmin (type) == 0)
    below = uint64 (0);
  else
    below = limit + 1;
  endif
  fits = zero | (parts.is_integer
                 & ((! parts.negative & parts.magnitude <= limit)
                    | (parts.negative & parts.magnitude <= below)));
  wrong = find (! fits, 1);
  if (! isempty (wrong))
    range = mps.json.internal.integer_list ([intmin(type), intmax(type)], ...
                                            {" to ", ""}, [1, 2]);
    mps.json.internal.refuse_other (tape, places(wrong), ...
                                    ["an integer from ", range, " for ", type]);
  endif
  x = cast (parts.magnitude, type);
  ## The smallest integer has no opposite.
  negative = (parts.negative & ! zero);
  x(negative) = -cast (parts.magnitude(negative) - 1, type) - 1;

endfunction
