## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## reseed ()
##
## Begin random streams anew: those of a forked worker are copies, and all
## copies would draw the same numbers.

function reseed ()

  persistent generators = {@rand, @randn, @rande, @randg, @randp};

  for i = 1:numel (generators)
    generators{i} ("state", "reset");
  endfor

endfunction
