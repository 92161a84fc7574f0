## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## report (KIND, NAME, VALUE)
##
## Tell the server of a metric; do nothing where there is no server.

function report (kind, name, value)

  if (exist ("ops_metrics") == 2)
    ops_metrics (kind, name, double (full (value)));
  endif

endfunction

%!test # nothing happens where there is no server
%! prodserver.metrics.internal.report ("gauge", "level", sparse (1));
