## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## CHANNEL = claim_channel ()
##
## Move the protocol's streams away from user code.  Afterwards standard input
## is empty, so that input () fails instead of eating frames, and standard
## output goes where standard error goes: what user code and the programs it
## starts print is text for the server, never a frame.

function channel = claim_channel ()

  [~, ~, endian] = computer ();
  if (endian != "L")
    error ("the portable worker needs a little-endian machine");
  endif

  channel.in = fopen ("/dev/fd/0", "r");
  channel.out = fopen ("/dev/fd/1", "w");
  nothing = fopen ("/dev/null", "r");
  if (channel.in < 0 || channel.out < 0 || nothing < 0)
    error ("cannot open the worker's channel under /dev/fd");
  endif
  ## A program that user code starts must not hold the channel open.
  fcntl (channel.in, F_SETFD, 1);
  fcntl (channel.out, F_SETFD, 1);
  channel.pid = getpid ();
  dup2 (nothing, stdin);
  dup2 (stderr, stdout);
  fclose (nothing);

endfunction
