## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {} ops_cancelled (@var{home})
## @deftypefnx {} {@var{tf} =} ops_cancelled ()
## Whether the server has marked the present call as cancelled, by a file in the
## worker's @var{home}, which the worker says at its start.  User code calls
## @code{ops.cancelled}.
## @end deftypefn

function tf = ops_cancelled (home)

  mlock ();                       # "clear all" in user code must not lose it
  persistent file = "";

  if (nargin == 1)
    file = fullfile (home, ".ops-cancelled");
  else
    tf = ! isempty (file) && ! isempty (builtin ("stat", file));
  endif

endfunction

%!test
%! folder = tempname ();
%! mkdir (folder);
%! unwind_protect
%!   ops_cancelled (folder);
%!   assert (ops_cancelled (), false);
%!   mark = fullfile (folder, ".ops-cancelled");
%!   fclose (fopen (mark, "w"));
%!   assert (ops_cancelled (), true);
%!   assert (ops.cancelled (), true);
%!   unlink (mark);
%!   assert (ops_cancelled (), false);
%! unwind_protect_cleanup
%!   rmdir (folder);
%! end_unwind_protect
%!error <called with too many inputs> ops_cancelled (1, 2)
