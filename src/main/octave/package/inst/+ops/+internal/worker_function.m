## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## FUNCTION = worker_function (NAME)
##
## What a worker has for a function of this package: a handle, of the native
## worker's own function or else of the portable one's; empty where there is no
## worker.

function found = worker_function (name)

  found = [];
  native = ["ops_native_", name];
  portable = ["ops_", name];
  if (exist (native) == 5)
    found = str2func (native);
  elseif (exist (portable) == 2)
    found = str2func (portable);
  endif

endfunction

%!assert (isempty (ops.internal.worker_function ("nothing_like_this")))
