## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = metrics_payload ()
##
## The payload of METRICS for what user code has reported since the last one.
## Empty when it has reported nothing.

function payload = metrics_payload ()

  payload = [];
  updates = ops_metrics ();
  if (! isempty (updates))
    payload = encode_metrics (updates);
  endif

endfunction
