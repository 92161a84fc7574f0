## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {} ops.progress (@var{fraction})
## @deftypefnx {} {} ops.progress (@var{fraction}, @var{message})
## @deftypefnx {} {} ops.progress (@var{fraction}, @var{template}, @var{args}, @dots{})
## Say how far a call is, for whoever waits for it: @var{fraction} is a real
## number from 0 to 1, @var{message} one line of text, which ends after 1000
## characters.  With @var{args}, @code{sprintf (@var{template}, @var{args},
## @dots{})} is the message.
##
## It may be called as often as one likes: on the server what comes less than
## 0.1 seconds after the last is left out, but for the first that reaches 1.
## Elsewhere only the arguments are checked.
## @seealso{ops.cancelled, ops.log}
## @end deftypefn

function progress (fraction, template = "", varargin)

  if (nargin < 1)
    print_usage ();
  endif
  if (! ((isnumeric (fraction) || islogical (fraction)) && isscalar (fraction)
         && ! iscomplex (fraction) && fraction >= 0 && fraction <= 1))
    error ("ops:progress", ...
           "ops.progress: FRACTION must be a real number from 0 to 1");
  elseif (! (ischar (template) && (isempty (template) || isrow (template))))
    ops.internal.refuse_text ("progress", nargin > 2);
  endif
  persistent tell = ops.internal.worker_function ("progress");
  if (! isempty (tell) && tell (fraction))
    tell (fraction, ops.internal.message (template, varargin{:}));
  endif

endfunction

%!test # nothing happens where there is no server
%! ops.progress (0);
%! ops.progress (true, "done");
%! ops.progress (sparse (0.5), "%d of %d", 1, 2);
%! ops.progress (single (0.1), "");
%! assert (evalc ("ops.progress (0.5, 'half')"), "");
%!error <Invalid call> ops.progress ()
%!error <ops.progress: FRACTION must be a real number from 0 to 1> ops.progress (-0.01)
%!error <FRACTION must be> ops.progress (1.01)
%!error <FRACTION must be> ops.progress (NaN)
%!error <FRACTION must be> ops.progress (Inf)
%!error <FRACTION must be> ops.progress (0.5i)
%!error <FRACTION must be> ops.progress ([0.1, 0.2])
%!error <FRACTION must be> ops.progress ("0")
%!error <FRACTION must be> ops.progress ({})
%!error <ops.progress: MESSAGE must be a text> ops.progress (0.5, 3)
%!error <ops.progress: MESSAGE must be a text> ops.progress (0.5, ["a";"b"])
%!error <ops.progress: TEMPLATE must be a text> ops.progress (0.5, {"a"}, 1)
