## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [PRECISION, TEXTS] = digits_needed (VALUES, IS_SINGLE)
##
## How many digits of each number (a finite double; with IS_SINGLE one that a
## single holds) read back as the same number.  printf does not find the
## shortest digits of all: for those PRECISION is 0, and TEXTS has them.

function [precision, texts] = digits_needed (values, is_single)

  ## So many digits always survive being read and printed again; but for those
  ## that have fewer bits.
  if (is_single)
    tries = 6:9;
    smallest = 2^-126;
  else
    tries = 15:17;
    smallest = 2^-1022;
  endif
  precision = zeros (1, numel (values));
  texts = {};
  left = find (abs (values) >= smallest);
  for digits = tries
    if (isempty (left))
      break;
    endif
    text = sprintf (sprintf ("%%.%de\n", digits - 1), values(left));
    back = reshape (sscanf (text, "%f"), 1, []);
    if (is_single)
      back = double (mps.json.internal.nearest_single ( ...
                     back, @(places) strsplit (text, "\n")(places)));
    endif
    same = (back == values(left));
    precision(left(same)) = digits;
    left = left(! same);
    if (digits == tries(1) && ! isempty (left))
      ## Below a power of two the next number is nearer than above it, so that
      ## digits may do that are not the nearest ones.
      [mantissas, ~] = log2 (abs (values(left)));
      left = left(mantissas != 0.5 | in_plain_form (values(left)));
    endif
  endfor

  odd = find (precision == 0);
  texts = cell (1, numel (odd));
  for i = 1:numel (odd)
    texts{i} = shortest (values(odd(i)), is_single);
  endfor

endfunction

## Those powers of two that are written without an exponent need no more digits
## than printf finds.
function plain = in_plain_form (values)

  plain = abs (values) >= 1e-3 & abs (values) < 1e7;

endfunction

function text = shortest (value, is_single)

  for digits = 2:17
    text = sprintf ("%.*e", digits - 1, value);
    if (reads_back (text, value, is_single))
      return;
    endif
    text = one_more (text);
    if (reads_back (text, value, is_single))
      return;
    endif
  endfor

endfunction

function same = reads_back (text, value, is_single)

  back = sscanf (text, "%f");
  if (is_single && isfinite (back))
    back = double (mps.json.internal.nearest_single (back, @(places) {text}));
  endif
  same = (back == value);

endfunction

## One more in the last digit: from -1.99e-05 to -2.00e-05.
function text = one_more (text)

  at = index (text, "e");
  mantissa = text(1:at-1);
  nines = regexp (mantissa, '[0-8][9.]*$');
  if (isempty (nines))
    ## 9.99 becomes 10.00, that is 1.00 with the next exponent.
    mantissa = regexprep (mantissa, '9', "0");
    mantissa(index (mantissa, "0")) = "1";
    text = sprintf ("%se%+03d", mantissa, str2double (text(at+1:end)) + 1);
  else
    mantissa(nines) += 1;
    rest = mantissa(nines+1:end);
    rest(rest == "9") = "0";
    text = [mantissa(1:nines), rest, text(at:end)];
  endif

endfunction
