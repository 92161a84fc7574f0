## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [POINTS, VALID] = utf8_points (BYTES)
##
## The characters of a row of chars that is read as UTF-8, as a row of doubles.
## A byte that is no part of valid UTF-8 (RFC 3629) is the lone surrogate U+DC80
## to U+DCFF with its value in the low bits, as in Python's PEP 383; VALID says
## of each byte whether it is part.

function [points, valid] = utf8_points (bytes)

  points = double (bytes);
  valid = (points < 128);
  if (all (valid))
    return;
  endif

  count = numel (points);
  padded = [points, 0, 0, 0];
  sizes = 1 + (points >= 0xC2) + (points >= 0xE0) + (points >= 0xF0);
  leads = (points >= 0xC2 & points <= 0xF4);
  for k = 1:3
    follows = padded(k + (1:count));
    leads &= (sizes <= k) | (follows >= 0x80 & follows <= 0xBF);
  endfor
  ## Overlong forms, surrogates, and what is beyond U+10FFFF.
  second = padded(2:count+1);
  leads &= ! ((points == 0xE0 & second < 0xA0)
              | (points == 0xED & second > 0x9F)
              | (points == 0xF0 & second < 0x90)
              | (points == 0xF4 & second > 0x8F));

  followers = false (1, count);
  for n = 2:4
    at = find (leads & sizes == n);
    values = mod (padded(at), 2 ^ (7 - n));
    for k = 1:n-1
      values = values * 64 + padded(at + k) - 128;
      followers(at + k) = true;
    endfor
    points(at) = values;
  endfor
  valid |= leads | followers;
  points(! valid) += 56320;       # U+DC00; a literal in hex is no double
  points = points(! followers);

endfunction
