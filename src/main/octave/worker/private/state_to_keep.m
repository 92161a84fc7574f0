## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## HOME = state_to_keep (CHANNEL)
##
## What restore_state brings back after every call.

function home = state_to_keep (channel)

  home.folder = pwd ();
  home.path = path ();
  home.files = [channel.in; channel.out];
  home.defaults = get (0, "default");
  home.warnings = warning ();
  home.warning_text = warning_text (home.warnings);
  [home.shown, home.format] = shown_state ();
  home.reseeds = strcmp (getenv ("OPS_WORKER_RANDOM"), "reseed");

endfunction
