## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {} ops_worker_main ()
## Serve calls from the server until it closes the channel.
##
## The portable worker: plain Octave code that speaks the protocol of
## @file{docs/worker-protocol.md} on the process's own standard input and
## output.  Both are moved out of the way of user code first.  Never returns.
## @end deftypefn

function ops_worker_main ()

  mlock ();                       # "clear all" in user code must not end us
  channel = claim_channel ();
  try
    ops_cancelled (getenv ("HOME"));
    load_answering (state_to_keep (channel));
    send_frame (channel, frame_kind ("hello"), 0, hello_payload ());
    serve (channel);
  catch err
    ## The channel is broken or a frame makes no sense: the server replaces
    ## this process, and finds the reason among what it printed.
    fprintf (stderr, "ops worker: %s\n", err.message);
    exit (70);
  end_try_catch

endfunction

function serve (channel)

  home = [];
  while (true)
    frame = receive_frame (channel);
    switch (frame.kind)
      case frame_kind ("start")
        [kind, payload, mark] = start_serving (frame.payload);
        home = state_to_keep (channel);
      case frame_kind ("call")
        ops_progress ("begin", channel, frame.number);
        [kind, payload, mark, format] = answer_call (frame.payload);
        ops_progress ("end");
      case frame_kind ("ping")
        kind = frame_kind ("pong");
        payload = zeros (1, 0, "uint8");
        mark = mark_of_ping (frame.payload);
      case {frame_kind("shutdown"), frame_kind("end")}
        exit (0);
      otherwise
        error ("a worker knows no frame of kind %d", frame.kind);
    endswitch
    mark_output (mark);
    if (frame.kind == frame_kind ("call"))
      report_metrics (channel, frame.number);
      send_figures (channel, frame.number, format);
    endif
    send_frame (channel, kind, frame.number, payload);
    if (frame.kind == frame_kind ("call"))
      ## The server lends this worker out again when READY has come, so that a
      ## failure here is nobody else's.
      home = restore_state (home);
      send_frame (channel, frame_kind ("ready"), frame.number, ...
                  zeros (1, 0, "uint8"));
    endif
  endwhile

endfunction

function report_metrics (channel, number)

  payload = metrics_payload ();
  if (! isempty (payload))
    send_frame (channel, frame_kind ("metrics"), number, payload);
  endif

endfunction

## Empty when nothing is to be printed.
function mark = mark_of_ping (payload)

  mark = "";
  if (! isempty (payload))
    mark = decode_text (payload, 1);
  endif

endfunction

## Only of a call that returned, and when they are wanted.

function send_figures (channel, number, format)

  if (format > 0)
    payload = figures_payload (format);
    if (! isempty (payload))
      send_frame (channel, frame_kind ("figures"), number, payload);
    endif
  endif

endfunction

## Everything printed so far belongs to the request that ends here.
function mark_output (mark)

  fflush (stdout);
  fputs (stderr, mark);
  fflush (stderr);

endfunction

## What it does when called right needs a server at the other end of the
## channel: the tests of the Java side are that.
%!error <called with too many inputs> ops_worker_main (1)
