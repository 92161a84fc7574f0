## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = encode_metrics (UPDATES)
##
## The payload of METRICS for what ops_metrics answers.

function payload = encode_metrics (updates)

  parts = cell (1, numel (updates));
  for i = 1:numel (updates)
    kind = uint32 (strcmp (updates(i).kind, "counter"));
    parts{i} = [typecast(kind, "uint8"), encode_text(updates(i).name), ...
                typecast(double (updates(i).value), "uint8")];
  endfor
  payload = [typecast(uint32 (numel (updates)), "uint8"), parts{:}];

endfunction
