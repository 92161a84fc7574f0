## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [TEXT, NEXT] = decode_text (BYTES, POS)
##
## The text that begins at POS, and the position behind it.

function [text, next] = decode_text (bytes, pos)

  count = double (typecast (bytes(pos:pos+3), "uint32"));
  next = pos + 4 + count;
  text = char (bytes(pos+4:next-1));

endfunction
