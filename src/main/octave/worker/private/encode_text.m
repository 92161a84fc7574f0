## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## BYTES = encode_text (TEXT)
##
## A text as it travels: its length in bytes, then the bytes.

function bytes = encode_text (text)

  bytes = [typecast(uint32 (numel (text)), "uint8"), ...
           uint8(reshape (text, 1, numel (text)))];

endfunction
