## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {} ops.log (@var{message})
## @deftypefnx {} {} ops.log (@var{template}, @var{args}, @dots{})
## Print a line with the time, in UTC, at once:
## @code{2026-11-23T01:02:03.123Z text}.
##
## It is part of what the call prints.  With @var{args}, @code{sprintf
## (@var{template}, @var{args}, @dots{})} is the text.  Line ends and other
## control characters in it become spaces.  Without a server nothing is printed.
## @seealso{ops.progress}
## @end deftypefn

## A file log.m beside the others would have Octave warn at each change of the
## path that it stands before the logarithm, which it does not.

function log (template, varargin)

  if (nargin < 1)
    print_usage ();
  endif
  if (! (ischar (template) && (isempty (template) || isrow (template))))
    ops.internal.refuse_text ("log", nargin > 1);
  endif
  persistent inside = ! isempty (ops.internal.worker_function ("progress"));
  if (inside)
    if (nargin > 1)
      template = sprintf (template, varargin{:});
    endif
    now = time ();
    puts ([ops.internal.utc_text(now), " ", ...
           ops.internal.without_controls(template), "\n"]);
    fflush (stdout);
  endif

endfunction

%!test # templates are those of sprintf, and one that stands alone is text
%! ops.log ("x");
%! ops.log ("%d%%", 50);
%! ops.log ("");
%!error <Invalid call> ops.log ()
%!error <ops.log: MESSAGE must be a text> ops.log (1)
%!error <ops.log: TEMPLATE must be a text> ops.log ({"%d"}, 1)
