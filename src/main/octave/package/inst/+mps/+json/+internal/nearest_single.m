## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## Y = nearest_single (VALUES, TEXTS_OF)
##
## The single nearest to each number, of which VALUES has the nearest double and
## TEXTS_OF (PLACES) the texts of some.  Rounding the double would round twice:
## when it lies exactly between two singles, the text decides.

function y = nearest_single (values, texts_of)

  y = single (values);
  sizes = abs (values);
  bits = bitand (typecast (sizes, "uint64"), uint64 (0x1FFFFFFF));
  suspects = find (bits == 0x10000000 | (sizes < 2^-126 & sizes > 0));
  if (isempty (suspects))
    return;
  endif
  [low, high] = neighbours (sizes(suspects));
  middles = (double (low) + min (double (high), 2^128)) / 2;
  between = find (middles == sizes(suspects) & low != high);
  if (isempty (between))
    return;
  endif
  texts = texts_of (suspects(between));
  for k = 1:numel (between)
    i = suspects(between(k));
    switch (compare (texts{k}, sizes(i)))
      case -1
        y(i) = sign (values(i)) * low(between(k));
      case 1
        y(i) = sign (values(i)) * high(between(k));
    endswitch
  endfor

endfunction

## The singles on both sides of doubles from 0 on.
function [low, high] = neighbours (values)

  low = single (values);
  high = low;
  bits = typecast (low, "uint32");
  ## double, for Octave would round the values to compare them with singles.
  above = double (low) > values;
  low(above) = typecast (bits(above) - 1, "single");
  below = double (high) < values;
  high(below) = typecast (bits(below) + 1, "single");

endfunction

## Whether the number in a text, but for its sign, is less (-1) or more (1) than
## a double.
function order = compare (text, value)

  [digits, exponent] = digits_of (text);
  [others, other] = digits_of (sprintf ("%.800e", value));
  if (exponent != other)
    order = sign (exponent - other);
    return;
  endif
  count = max (numel (digits), numel (others));
  digits(end+1:count) = "0";
  others(end+1:count) = "0";
  at = find (digits != others, 1);
  order = 0;
  if (! isempty (at))
    order = sign (digits(at) - others(at));
  endif

endfunction

## The digits from the first that is not 0 on, and the exponent of that.
function [digits, exponent] = digits_of (text)

  parts = regexp (text, '^-?(\d+)\.?(\d*)(?:[eE](.*))?$', "tokens", "once");
  exponent = 0;
  if (numel (parts) == 3 && ! isempty (parts{3}))
    exponent = str2double (parts{3});
  endif
  digits = [parts{1}, parts{2}];
  zeros_before = find (digits != "0", 1) - 1;
  exponent += numel (parts{1}) - 1 - zeros_before;
  digits = digits(zeros_before+1:end);

endfunction
