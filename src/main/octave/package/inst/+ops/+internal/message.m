## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = message (TEMPLATE, ARGS...)
##
## One line of at most 1000 characters, in valid UTF-8 and without control
## characters.  TEMPLATE is the text itself where no ARGS are.

function text = message (template, varargin)

  most = 1000;
  if (nargin > 1)
    template = sprintf (template, varargin{:});
  endif
  ## No character takes more than four bytes.
  bytes = reshape (template(1:min (end, 4 * most)), 1, []);
  points = mps.json.internal.utf8_points (bytes);
  points = points(1:min (end, most));
  ## U+DC80 to U+DCFF stand for bytes that are none: U+FFFD.  Literals in hex
  ## would not be doubles.
  points(points >= 56448 & points <= 56575) = 65533;
  points(points < 32 | (points >= 127 & points < 160)) = 32;
  text = mps.json.internal.points_utf8 (points);

endfunction

%!assert (ops.internal.message ("50% done"), "50% done")
%!assert (ops.internal.message ("%d of %d", 1, 2), "1 of 2")
%!assert (isempty (ops.internal.message ("")))
%!assert (isempty (ops.internal.message (zeros (0, 0))))
%!assert (ops.internal.message (["a\nb\tc\0d", char(127)]), "a b c d ")
%!assert (ops.internal.message (repmat ("a", 1, 1001)), repmat ("a", 1, 1000))
%!test # characters are counted, not bytes, and none is cut
%! umlaut = char ([195, 164]);
%! assert (ops.internal.message (repmat (umlaut, 1, 3000)), repmat (umlaut, 1, 1000));
%!test # what is no UTF-8 becomes the replacement character, a control of two bytes a space
%! assert (double (ops.internal.message (char ([255, 97]))), [239, 191, 189, 97]);
%! assert (ops.internal.message (char ([97, 194, 133, 98])), "a b");
%! assert (numel (ops.internal.message (char (128 * ones (1, 5000)))), 3000);
