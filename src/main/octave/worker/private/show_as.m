## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## show_as (SHOWN, FORMAT)
##
## Bring back what shown_state answered.  The format comes first: it sets the
## precision too.

function show_as (shown, texts)

  for i = 1:3
    format (texts{i});
  endfor
  output_precision (shown(1));
  page_screen_output (logical (shown(2)));
  page_output_immediately (logical (shown(3)));
  beep_on_error (logical (shown(4)));
  debug_on_error (logical (shown(5)));
  debug_on_warning (logical (shown(6)));
  crash_dumps_octave_core (logical (shown(7)));

endfunction
