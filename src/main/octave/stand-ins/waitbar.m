## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {@var{h} =} waitbar (@var{frac})
## @deftypefnx {} {@var{h} =} waitbar (@var{frac}, @var{msg}, @var{property}, @var{value}, @dots{})
## @deftypefnx {} {} waitbar (@var{frac}, @var{h})
## @deftypefnx {} {} waitbar (@var{frac}, @var{h}, @var{msg})
## Say how far a call is, where nobody sees a window.
##
## It stands in the place of Octave's own @code{waitbar} on a server, takes the
## same arguments, and hands on what they say as @code{ops.progress} does.
## Nothing is drawn; properties have no effect.  @var{h} is a figure that is
## never seen, and none of those that a call answers.
## @seealso{ops.progress}
## @end deftypefn

function h = waitbar (frac, varargin)

  persistent current = [];

  if (nargin < 1)
    print_usage ();
  elseif (! (isnumeric (frac) && isscalar (frac) && frac >= 0 && frac <= 1))
    error ("waitbar: FRAC must be between 0 and 1");
  endif
  [bar, text, has_text] = parsed (varargin);
  if (isempty (bar) && nargin == 1 && is_waitbar (current))
    bar = current;
  endif
  if (isempty (bar))
    bar = hidden_figure ();
  endif
  if (has_text)
    setappdata (bar, "ops_message", text);
  endif
  current = bar;
  ops.progress (frac, getappdata (bar, "ops_message"));
  if (nargout > 0)
    h = bar;
  endif

endfunction

## The handle, or empty, and the message.

function [bar, text, has_text] = parsed (rest)

  bar = [];
  text = "";
  if (! isempty (rest) && isnumeric (rest{1}))
    bar = rest{1};
    rest(1) = [];
    if (! is_waitbar (bar))
      error ("waitbar: H must be a handle to a waitbar object");
    endif
  endif
  has_text = ! isempty (rest);
  if (has_text)
    text = one_line (rest{1});
    rest(1) = [];
  endif
  if (rem (numel (rest), 2) != 0)
    error ("waitbar: invalid number of property/value pairs");
  endif

endfunction

function text = one_line (msg)

  if (ischar (msg))
    msg = cellstr (msg);
  elseif (! iscellstr (msg))
    error (["waitbar: MSG must be a character string or cell array of ", ...
            "strings"]);
  endif
  text = strjoin (reshape (msg, 1, []), " ");

endfunction

function yes = is_waitbar (bar)

  yes = isscalar (bar) && isfigure (bar) && strcmp (get (bar, "tag"), "waitbar");

endfunction

## The figure that is drawn to stays what it was.

function bar = hidden_figure ()

  before = get (0, "currentfigure");
  bar = figure ("visible", "off", "integerhandle", "off", ...
                "handlevisibility", "off", "tag", "waitbar");
  setappdata (bar, "ops_message", "");
  set (0, "currentfigure", before);

endfunction

%!function close_all (bars)
%!  arrayfun (@(bar) close (bar), bars(ishghandle (bars)));
%!endfunction
%!test # a handle is one, and no figure that anybody else sees
%! before = get (0, "children");
%! bar = waitbar (0, "loading");
%! unwind_protect
%!   assert (ishandle (bar) && isgraphics (bar) && isfigure (bar));
%!   assert (get (0, "children"), before);
%!   assert (isempty (get (0, "currentfigure")) || get (0, "currentfigure") != bar);
%!   assert (get (bar, "visible"), "off");
%!   set (bar, "userdata", {1, "a"});
%!   assert (get (bar, "userdata"), {1, "a"});
%! unwind_protect_cleanup
%!   close (bar);
%! end_unwind_protect
%! assert (ishandle (bar), false);
%!test # a fraction alone moves the last one, a text makes another
%! one = waitbar (0, "a");
%! two = waitbar (0, "b", "name", "x", "createcancelbtn", "y");
%! unwind_protect
%!   assert (one != two);
%!   assert (waitbar (0.5), two);
%!   assert (waitbar (0.6, one), one);
%!   assert (waitbar (0.7), one);
%!   assert (getappdata (one, "ops_message"), "a");
%!   waitbar (0.8, one, {"c", "d"});
%!   assert (getappdata (one, "ops_message"), "c d");
%!   delete (one);
%!   fail ("waitbar (0.9, one)", "H must be a handle to a waitbar object");
%! unwind_protect_cleanup
%!   close_all ([one, two]);
%! end_unwind_protect
%!error <Invalid call> waitbar ()
%!error <FRAC must be between 0 and 1> waitbar (1.1)
%!error <FRAC must be between 0 and 1> waitbar (-0.1)
%!error <FRAC must be between 0 and 1> waitbar (NaN)
%!error <FRAC must be between 0 and 1> waitbar ([0, 1])
%!error <FRAC must be between 0 and 1> waitbar ("a")
%!error <H must be a handle to a waitbar object> waitbar (0, 0)
%!error <MSG must be a character string> waitbar (0, {3})
%!error <invalid number of property/value pairs> waitbar (0, "a", "b")
