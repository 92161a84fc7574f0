## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = without_controls (TEXT)
##
## The same with a space for each control character, so that it is one line.

function text = without_controls (text)

  text(text < 32 | text == 127) = " ";

endfunction

%!assert (ops.internal.without_controls ("a\r\nb\tc"), "a  b c")
%!assert (ops.internal.without_controls (""), "")
%!assert (double (ops.internal.without_controls (char ([195, 164]))), [195, 164])
