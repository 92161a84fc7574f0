## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = refused_arguments (MESSAGE, IDENTIFIER)
##
## The payload of FAILURE for arguments that Octave could not make.

function payload = refused_arguments (message, identifier)

  payload = encode_failure (1, ["Octave cannot take the arguments: ", message],
                            identifier);

endfunction
