## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {} ops_native_main ()
## Serve calls from the server, in C++ where speed matters.
##
## The native worker, and the template from which workers are forked:
## @file{ops_native.oct} speaks the protocol of
## @file{docs/worker-protocol.md}; what is not done for every call, or must be
## the same to the letter, is done by the functions of the portable worker.
## Never returns.
## @end deftypefn

function ops_native_main ()

  mlock ();                       # "clear all" in user code must not end us
  try
    load_answering (state_to_keep (no_streams ()));
    ops_native (octave_side ());
  catch err
    fprintf (stderr, "ops worker: %s\n", err.message);
    exit (70);
  end_try_catch
  exit (0);

endfunction

## What C++ calls.  Handles, and made before a bundle is loaded: whatever
## functions it has, the private ones stay what they are.  Octave finds its own
## anew by their names: no bundle may have them (needed_functions), and those
## that a call has defined are forgotten before the next.

function functions = octave_side ()

  functions = struct ( ...
    "start", @start_serving, ...
    "state", @() state_to_keep (no_streams ()), ...
    "has_thrown", @encode_failure, ...
    "cannot_take", @refused_arguments, ...
    "no_encoding", @refused_results, ...
    "told", @ops_metrics, ...
    "metrics", @encode_metrics, ...
    "figures", @figures_payload, ...
    "restore", @restore_state, ...
    "version", @version, ...
    "home", @() fullfile (OCTAVE_HOME (), "share", "octave"), ...
    "str2func", @str2func, ...
    "func2str", @func2str, ...
    "format", @format);

endfunction

## The protocol's streams are none of Octave's here.

function channel = no_streams ()

  channel = struct ("in", 0, "out", 1);

endfunction

## What it does when called right needs a server at the other end of the
## channel: the tests of the Java side are that.
%!error <called with too many inputs> ops_native_main (1)
