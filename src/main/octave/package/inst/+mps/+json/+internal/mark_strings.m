## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## MARKS = mark_strings (TEXT)
##
## Where the strings of a JSON text are: the places of their opening and
## closing quotes, whether each byte is in a string (its quotes included), and
## the places of the backslashes that begin an escape.  There is one opening
## quote more than closing ones when the text ends in a string.

function marks = mark_strings (text)

  count = numel (text);
  escaped = false (1, count + 1);
  escapes = find (text == "\\");
  if (! isempty (escapes))
    ## In a run of backslashes each odd one escapes the next.
    begins = [true, diff(escapes) > 1];
    run_begins = escapes(begins);
    escapes = escapes(mod (escapes - run_begins(cumsum (begins)), 2) == 0);
    escaped(escapes + 1) = true;
  endif

  quotes = find (text == "\"" & ! escaped(1:count));
  marks.opening = quotes(1:2:end);
  marks.closing = quotes(2:2:end);
  marks.escapes = escapes;
  change = zeros (1, count + 1);
  change(marks.opening) = 1;
  change(marks.closing + 1) -= 1;
  marks.inside = cumsum (change(1:count)) > 0;

endfunction
