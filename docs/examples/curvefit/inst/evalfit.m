## Copyright (C) 2026 The OPS developers
##
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{y} =} evalfit (@var{fit}, @var{x})
## Evaluate at @var{x} the polynomial that @code{fitpoly} found.
##
## @var{fit} is the struct that @code{fitpoly} returned; only its field
## @code{coefficients} is used.  @var{y} has the size of @var{x}.
## @seealso{fitpoly, polyval}
## @end deftypefn

function y = evalfit (fit, x)

  if (nargin != 2)
    print_usage ();
  endif
  if (! (isstruct (fit) && isscalar (fit) && isfield (fit, "coefficients")))
    error ("curvefit:fit", ...
           "evalfit: FIT must be the struct that fitpoly returned");
  endif

  y = polyval (fit.coefficients, x);

endfunction

%!test
%! fit = fitpoly (0:3, [1, 3, 5, 7], 1);
%! assert (evalfit (fit, [10; 20]), [21; 41], 1e-10);

%!error <Invalid call> evalfit ()
%!error <struct that fitpoly returned> evalfit (5, 1)
%!error <struct that fitpoly returned> evalfit (struct ("a", 1), 1)
