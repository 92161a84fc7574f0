## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## Y = nearest_single (VALUES, TEXT_OF)
##
## The single nearest to each number, of which VALUES has the nearest double and
## TEXT_OF (I) the text.  Rounding the double would round twice: when it lies
## exactly between two singles, the text decides.

function y = nearest_single (values, text_of)

  y = single (values);
  sizes = abs (values);
  bits = bitand (typecast (sizes, "uint64"), uint64 (0x1FFFFFFF));
  suspects = find (bits == 0x10000000 | (sizes < 2^-126 & sizes > 0));
  for i = suspects
    [low, high] = neighbours (sizes(i));
    if (sizes(i) == (double (low) + min (double (high), 2^128)) / 2)
      order = compare (text_of (i), sizes(i));
      if (order < 0)
        y(i) = sign (values(i)) * low;
      elseif (order > 0)
        y(i) = sign (values(i)) * high;
      endif
    endif
  endfor

endfunction

## The singles on both sides of a double from 0 on.
function [low, high] = neighbours (value)

  low = single (value);
  high = low;
  bits = typecast (low, "uint32");
  if (low > value)
    low = typecast (bits - 1, "single");
  elseif (low < value)
    high = typecast (bits + 1, "single");
  endif

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
