## Copyright (C) 2026 The OPS developers
##
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{fit} =} fitpoly (@var{x}, @var{y}, @var{degree})
## Fit a polynomial of the given @var{degree} to the points
## (@var{x}, @var{y}) by least squares.
##
## @var{x} and @var{y} are vectors of the same length with more than
## @var{degree} points.  The result is a struct with the fields
##
## @table @code
## @item coefficients
## the coefficients, highest power first, as @code{polyval} takes them
##
## @item degree
## the degree
##
## @item fitted
## the polynomial at @var{x}, in the shape of @var{x}
##
## @item rmse
## the root of the mean squared error
##
## @item r2
## the share of the variance of @var{y} that the fit explains;
## 1 for constant data, which a polynomial always fits
## @end table
## @seealso{evalfit, polyfit}
## @end deftypefn

function fit = fitpoly (x, y, degree)

  if (nargin != 3)
    print_usage ();
  endif
  check_points (x, y);
  if (! (isnumeric (degree) && isreal (degree) && isscalar (degree)
         && degree >= 0 && degree == fix (degree)))
    error ("curvefit:degree", "fitpoly: DEGREE must be a whole number from 0 on");
  endif
  if (numel (x) <= degree)
    error ("curvefit:points", ...
           "fitpoly: a polynomial of degree %d needs more than %d points, not %d", ...
           degree, degree, numel (x));
  endif

  p = polyfit (x(:), y(:), degree);
  fitted = reshape (polyval (p, x(:)), size (x));
  residuals = y(:) - fitted(:);
  total = sum ((y(:) - mean (y(:))) .^ 2);

  fit.coefficients = p(:).';
  fit.degree = degree;
  fit.fitted = fitted;
  fit.rmse = sqrt (mean (residuals .^ 2));
  if (total > 0)
    fit.r2 = 1 - sum (residuals .^ 2) / total;
  else
    fit.r2 = 1;
  endif

endfunction

%!test
%! x = 0:5;
%! fit = fitpoly (x, 2*x.^2 - 3*x + 1, 2);
%! assert (fit.coefficients, [2, -3, 1], 1e-10);
%! assert (fit.fitted, 2*x.^2 - 3*x + 1, 1e-10);
%! assert (fit.degree, 2);
%! assert (fit.rmse, 0, 1e-10);
%! assert (fit.r2, 1, 1e-12);

%!test <noise lowers the share of explained variance>
%! fit = fitpoly ([1, 2, 3, 4], [1, 3, 2, 4], 1);
%! assert (fit.coefficients, [0.8, 0.5], 1e-10);
%! assert (fit.r2, 0.64, 1e-10);
%! assert (fit.rmse, sqrt (0.45), 1e-10);

%!test <constant data>
%! fit = fitpoly ([1, 2, 3], [5, 5, 5], 0);
%! assert (fit.coefficients, 5, 1e-12);
%! assert (fit.r2, 1);

%!test <columns stay columns>
%! assert (size (fitpoly ((1:4)', (1:4)', 1).fitted), [4, 1]);

%!error <Invalid call> fitpoly (1, 2)
%!error <same number> fitpoly (1:3, 1:4, 1)
%!error <vectors> fitpoly (magic (3), magic (3), 1)
%!error <whole number> fitpoly (1:3, 1:3, 0.5)
%!error <needs more than 3 points> fitpoly (1:3, 1:3, 3)
