## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {} ops_metrics (@var{kind}, @var{name}, @var{value})
## @deftypefnx {} {@var{updates} =} ops_metrics ()
## Keep what user code says of its metrics until the worker reports it.
##
## @var{kind} is @qcode{"gauge"}, and @var{value} replaces what was there, or
## @qcode{"counter"}, and @var{value} is added.  Without arguments answer what
## was kept, a struct array with the fields @code{kind}, @code{name} and
## @code{value}, and forget it.  User code calls
## @code{prodserver.metrics.setGauge} and
## @code{prodserver.metrics.incrementCounter}, which check their arguments.
## @end deftypefn

function updates = ops_metrics (kind, name, value)

  mlock ();                       # "clear all" in user code must not lose them
  persistent kept = struct ();

  if (nargin == 0)
    updates = [];
    if (numfields (kept) > 0)
      all = struct2cell (kept);
      updates = [all{:}];
      kept = struct ();
    endif
  elseif (nargin != 3)
    print_usage ();
  elseif (! isfield (kept, name))
    if (numfields (kept) >= 1000)
      error ("ops:metrics", "a call may set 1000 metrics, and has done so");
    endif
    kept.(name) = struct ("kind", kind, "name", name, "value", value);
  elseif (! strcmp (kept.(name).kind, kind))
    error ("ops:metrics", "%s is a %s and cannot be a %s too", name, ...
           kept.(name).kind, kind);
  elseif (strcmp (kind, "counter"))
    ## A sum that overflows would be no number that a counter grows by.
    kept.(name).value = min (kept.(name).value + value, realmax ());
  else
    kept.(name).value = value;
  endif

endfunction

%!test # counters add up, gauges do not, and what was told is forgotten
%! ops_metrics ();
%! ops_metrics ("counter", "a", 2);
%! ops_metrics ("gauge", "b", 5);
%! ops_metrics ("counter", "a", 3);
%! ops_metrics ("gauge", "b", -1);
%! updates = ops_metrics ();
%! assert ({updates.kind}, {"counter", "gauge"});
%! assert ({updates.name}, {"a", "b"});
%! assert ([updates.value], [5, -1]);
%! assert (isempty (ops_metrics ()));
%!test # counters stay finite
%! ops_metrics ("counter", "a", realmax ());
%! ops_metrics ("counter", "a", realmax ());
%! updates = ops_metrics ();
%! assert (updates.value, realmax ());
%!test # a name has one kind
%! ops_metrics ("counter", "a", 2);
%! fail ("ops_metrics ('gauge', 'a', 1)", "a is a counter and cannot be a gauge");
%! ops_metrics ();
%!test # not without limit
%! for i = 1:1000
%!   ops_metrics ("gauge", sprintf ("m%d", i), i);
%! endfor
%! fail ("ops_metrics ('gauge', 'one_more', 1)", "a call may set 1000 metrics");
%! assert (numel (ops_metrics ()), 1000);
%!error <Invalid call> ops_metrics (1)
