## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [SHOWN, FORMAT] = shown_state ()
##
## How values are printed, and what is turned off because nobody sits at a
## terminal.  SHOWN has numbers, in the order of show_as; FORMAT texts.

function [shown, texts] = shown_state ()

  texts = cell (1, 3);
  [texts{:}] = format ();
  shown = [output_precision(), page_screen_output(), ...
           page_output_immediately(), beep_on_error(), debug_on_error(), ...
           debug_on_warning(), crash_dumps_octave_core()];

endfunction
