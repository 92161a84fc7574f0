## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = warning_text (STATES)
##
## The states of all warnings as one text: quick to compare, where setting
## them anew after every call would cost more than a small call itself.

function text = warning_text (states)

  text = [states.identifier, states.state];

endfunction
