## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {} prodserver.metrics.incrementCounter (@var{name}, @var{inc})
## Let a metric of one's own grow by @var{inc}, a real number that is finite
## and not negative.
##
## On the server the metric stands in @code{/api/metrics} with the name of the
## bundle as its label, once the call has ended.  It adds up over all calls and
## all processes of the bundle, until the server stops.  Elsewhere only the
## arguments are checked.
##
## @var{name} begins with a letter or an underscore, and goes on with letters,
## digits, underscores and colons.  A name has one kind, gauge or counter.
## @seealso{prodserver.metrics.setGauge}
## @end deftypefn

function incrementCounter (name, inc)

  if (nargin != 2)
    print_usage ();
  endif
  prodserver.metrics.internal.check_name ("incrementCounter", name);
  if (! (prodserver.metrics.internal.is_real_number (inc)
         && inc >= 0 && isfinite (inc)))
    error ("prodserver:metrics", ...
           ["prodserver.metrics.incrementCounter: INC must be a real number", ...
            ", finite and not negative"]);
  endif
  prodserver.metrics.internal.report ("counter", name, inc);

endfunction

%!test # nothing happens where there is no server
%! prodserver.metrics.incrementCounter ("calls", 1);
%! prodserver.metrics.incrementCounter ("calls", uint8 (0));
%!error <NAME must be> prodserver.metrics.incrementCounter ("", 1)
%!error <names that begin with "matlabprodserver_"> ...
%!  prodserver.metrics.incrementCounter ("matlabprodserver_x", 1)
%!error <INC must be a real number> prodserver.metrics.incrementCounter ("a", -1)
%!error <INC must be a real number> prodserver.metrics.incrementCounter ("a", NaN)
%!error <INC must be a real number> prodserver.metrics.incrementCounter ("a", {1})
