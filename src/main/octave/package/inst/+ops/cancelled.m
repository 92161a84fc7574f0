## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{tf} =} ops.cancelled ()
## Whether the present call is wanted no more.
##
## Who cancels a call may leave it some time to end by itself; when that is over,
## its process is killed.  A long computation asks now and then, and returns or
## throws as it likes: that is the outcome.  False where there is no server.
## @seealso{ops.progress}
## @end deftypefn

function tf = cancelled ()

  persistent ask = ops.internal.worker_function ("cancelled");
  tf = ! isempty (ask) && ask ();

endfunction

%!assert (ops.cancelled (), false)
%!error <called with too many inputs> ops.cancelled (1)
