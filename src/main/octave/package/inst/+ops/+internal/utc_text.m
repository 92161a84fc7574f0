## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = utc_text (SECONDS)
##
## A time, as TIME answers it, in UTC with milliseconds.

function text = utc_text (seconds)

  text = [strftime("%Y-%m-%dT%H:%M:%S", gmtime (seconds)), ...
          sprintf(".%03dZ", floor (1000 * (seconds - floor (seconds))))];

endfunction

%!assert (ops.internal.utc_text (0), "1970-01-01T00:00:00.000Z")
%!assert (ops.internal.utc_text (1795395723.125), "2026-11-23T01:02:03.125Z")
%!assert (ops.internal.utc_text (1.9999), "1970-01-01T00:00:01.999Z")
