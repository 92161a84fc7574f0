## Copyright (C) 2026 The OPS developers
##
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{m} =} mymagic (@var{n})
## Return the magic square of order @var{n}.
##
## All rows, all columns and both diagonals of @var{m} have the same sum.
## The name is that of the first example in MATLAB Production Server's
## documentation, so that its client examples run unchanged.
## @end deftypefn

function m = mymagic (n)

  if (nargin != 1)
    print_usage ();
  endif

  m = magic (n);

endfunction

%!assert (mymagic (4), [16 2 3 13; 5 11 10 8; 9 7 6 12; 4 14 15 1])
%!error <Invalid call> mymagic ()
