## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {} ops_progress ("begin", @var{channel}, @var{number})
## @deftypefnx {} {} ops_progress ("end")
## @deftypefnx {} {@var{is_due} =} ops_progress (@var{fraction})
## @deftypefnx {} {} ops_progress (@var{fraction}, @var{message})
## Tell the server how far the present call is.
##
## The worker says when a call begins and ends.  In between it is a @var{fraction}
## with a @var{message}, a line in UTF-8, that is sent, and a @var{fraction} alone
## that is asked about: only the first is due, one that comes 0.1 seconds after
## the last, and the first that reaches 1.  A copy of this process that user code
## has made with @code{fork} says nothing.  User code calls @code{ops.progress},
## which checks its arguments.
## @end deftypefn

function is_due = ops_progress (fraction, message, number)

  mlock ();                       # "clear all" in user code must not end it
  persistent channel = [];
  persistent request = 0;
  persistent sent = -1;
  persistent last = 0;

  if (nargin == 1 && ! ischar (fraction))
    is_due = false;
    if (! isempty (channel))
      since = builtin ("time") - last;
      ## A clock that was set back does not silence it.
      is_due = sent < 0 || since >= 0.1 || since < 0 ...
               || (fraction >= 1 && sent < 1);
    endif
  elseif (nargin == 1)
    channel = [];
  elseif (nargin == 2)
    if (! isempty (channel) && getpid () == channel.pid)
      last = builtin ("time");
      sent = double (full (fraction));
      send_frame (channel, frame_kind ("progress"), request, ...
                  [typecast(sent, "uint8"), encode_text(message)]);
    endif
  elseif (nargin == 3)
    channel = message;
    request = number;
    sent = -1;
  else
    print_usage ();
  endif

endfunction

%!test # without a call nothing is due, and nothing is sent
%! assert (ops_progress (0.5), false);
%! ops_progress (0.5, "half");
%!test # what is sent is a frame; what follows at once is not due, but for the end
%! file = tempname ();
%! channel.out = fopen (file, "w+");
%! channel.pid = getpid ();
%! unwind_protect
%!   ops_progress ("begin", channel, 7);
%!   assert (ops_progress (0), true);
%!   ops_progress (0.5, "ab");
%!   assert (ops_progress (0.6), false);
%!   assert (ops_progress (1), true);
%!   ops_progress (1, "");
%!   assert (ops_progress (1), false);
%!   pause (0.11);
%!   assert (ops_progress (0.7), true);
%!   ops_progress ("end");
%!   assert (ops_progress (0.7), false);
%!   frewind (channel.out);
%!   bytes = fread (channel.out, Inf, "uint8=>uint8").';
%!   assert (bytes(1:4), uint8 ("OPSW"));
%!   assert (bytes(5:6), uint8 ([16, 0]));
%!   assert (typecast (bytes(9:24), "uint64"), uint64 ([7, 14]));
%!   assert (typecast (bytes(25:32), "double"), 0.5);
%!   assert (bytes(33:38), uint8 ([2, 0, 0, 0, "ab"]));
%!   assert (numel (bytes), 24 + 14 + 24 + 12);
%! unwind_protect_cleanup
%!   ops_progress ("end");
%!   fclose (channel.out);
%!   unlink (file);
%! end_unwind_protect
%!test # another process than the worker sends nothing
%! file = tempname ();
%! channel.out = fopen (file, "w+");
%! channel.pid = getpid () + 1;
%! unwind_protect
%!   ops_progress ("begin", channel, 7);
%!   ops_progress (0.5, "ab");
%!   assert (ftell (channel.out), 0);
%! unwind_protect_cleanup
%!   ops_progress ("end");
%!   fclose (channel.out);
%!   unlink (file);
%! end_unwind_protect
%!error <Invalid call> ops_progress ()
