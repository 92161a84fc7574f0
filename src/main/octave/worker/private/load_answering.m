## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## load_answering (HOME)
##
## Have Octave read the functions that answer a failed call and undo what it
## left behind: a call that has used up the files that may be open must be
## answered too.

function load_answering (home)

  frame = struct ("file", "f", "name", "f", "line", 1, "column", 1);
  encode_failure (0, "", "", frame);
  metrics_payload ();
  restore_state (home);

endfunction
