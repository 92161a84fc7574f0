## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {} prodserver.metrics.setGauge (@var{name}, @var{value})
## Set a metric of one's own to @var{value}, a real number.
##
## On the server the metric stands in @code{/api/metrics} with the name of the
## bundle as its label, once the call has ended.  The last call that sets it
## wins.  Elsewhere only the arguments are checked.
##
## @var{name} begins with a letter or an underscore, and goes on with letters,
## digits, underscores and colons.  A name has one kind, gauge or counter.
## @seealso{prodserver.metrics.incrementCounter}
## @end deftypefn

function setGauge (name, value)

  if (nargin != 2)
    print_usage ();
  endif
  prodserver.metrics.internal.check_name ("setGauge", name);
  if (! prodserver.metrics.internal.is_real_number (value))
    error ("prodserver:metrics", ...
           "prodserver.metrics.setGauge: VALUE must be a real number");
  endif
  prodserver.metrics.internal.report ("gauge", name, value);

endfunction

%!test # nothing happens where there is no server
%! prodserver.metrics.setGauge ("level", 3);
%! prodserver.metrics.setGauge ("level", -Inf);
%! prodserver.metrics.setGauge ("_a:b9", true);
%!error <NAME must be> prodserver.metrics.setGauge (3, 1)
%!error <NAME must be> prodserver.metrics.setGauge ("9", 1)
%!error <NAME must be> prodserver.metrics.setGauge ("a b", 1)
%!error <NAME must be> prodserver.metrics.setGauge (["a";"b"], 1)
%!error <names that begin with "ops_"> prodserver.metrics.setGauge ("ops_x", 1)
%!error <VALUE must be a real number> prodserver.metrics.setGauge ("a", "1")
%!error <VALUE must be a real number> prodserver.metrics.setGauge ("a", [1, 2])
%!error <VALUE must be a real number> prodserver.metrics.setGauge ("a", 1i)
