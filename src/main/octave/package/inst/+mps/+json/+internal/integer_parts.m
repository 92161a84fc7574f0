## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PARTS = integer_parts (TAPE, PLACES)
##
## The numbers at some places as integers of up to 64 bits, none of which has
## been rounded to a double.  The members are rows: is_integer says whether the
## number is one (-0 is not, nor what does not fit 64 bits), negative and
## magnitude (uint64) which.

function parts = integer_parts (tape, places)

  values = tape.number(places);
  sizes = abs (values);
  parts.negative = (values < 0);
  parts.is_integer = (sizes < 2^53 & values == fix (values)
                      & ! (values == 0 & 1 ./ values < 0));
  parts.magnitude = uint64 (sizes);
  large = find (sizes >= 2^53 & sizes <= 2^64);
  if (isempty (large))
    return;
  endif

  [digits, exact] = digits_of (tape, places(large));
  low = digits(:,11:20) * (10 .^ (9:-1:0)).';
  high = digits(:,1:10) * (10 .^ (9:-1:0)).';
  fits = exact & (high < 1844674407 | (high == 1844674407 & low <= 3709551615));
  magnitude = reshape (uint64 (high) * uint64 (1e10) + uint64 (low), 1, []);
  fits = reshape (fits, 1, []) ...
         & (! parts.negative(large) | magnitude <= bitshift (uint64 (1), 63));
  parts.is_integer(large) = fits | sizes(large) == 2^53;
  parts.magnitude(large(fits)) = magnitude(fits);

endfunction

## A row of 20 digits for each number that has no more and no fraction.
function [digits, exact] = digits_of (tape, places)

  firsts = reshape (tape.first(places), [], 1);
  firsts += reshape (tape.text(firsts) == "-", [], 1);
  at = bsxfun (@plus, reshape (tape.last(places), [], 1), -19:0);
  used = bsxfun (@ge, at, firsts);
  digits = reshape (double (tape.text(max (at, 1))), [], 20) - 48;
  digits(! used) = 0;
  exact = firsts >= at(:,1) & all (digits >= 0 & digits <= 9, 2);
  for i = reshape (find (! exact), 1, [])
    number = tape.text(firsts(i):tape.last(places(i)));
    [digits(i,:), exact(i)] = written_out (number);
  endfor

endfunction

## The same of one that may have a fraction or an exponent.
function [digits, exact] = written_out (number)

  digits = zeros (1, 20);
  parts = regexp (number, '^(\d+)\.?(\d*)(?:[eE](.*))?$', "tokens", "once");
  exponent = 0;
  if (numel (parts) == 3 && ! isempty (parts{3}))
    exponent = str2double (parts{3});
  endif
  fraction = regexprep (parts{2}, '0+$', "");
  all_digits = [parts{1}, fraction];
  exponent -= numel (fraction);
  kept = regexprep (all_digits, '0+$', "");
  exponent += numel (all_digits) - numel (kept);
  kept = regexprep (kept, '^0+', "");
  exact = (exponent >= 0 && numel (kept) + exponent <= 20);
  if (exact)
    digits(end-exponent-numel (kept)+1:end-exponent) = kept - "0";
  endif

endfunction
