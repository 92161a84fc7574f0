## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = refused_results (RESULTS, MESSAGE)
##
## The payload of FAILURE for outputs of which one has no encoding.

function payload = refused_results (results, message)

  payload = encode_failure (2, [unsupported_part(results), message]);

endfunction
