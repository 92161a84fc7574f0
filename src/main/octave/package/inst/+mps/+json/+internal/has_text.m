## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## SAME = has_text (TAPE, PLACES, TEXT)
##
## Which of the strings, or names of members, at some places are a text.

function same = has_text (tape, places, text)

  same = false (1, numel (places));
  plain = find (tape.last(places) - tape.first(places) - 1 == numel (text)
                & ! tape.escaped(places));
  if (! isempty (plain))
    at = bsxfun (@plus, tape.first(places(plain)).', 1:numel (text));
    letters = reshape (tape.text(at), numel (plain), numel (text));
    same(plain) = all (bsxfun (@eq, letters, text), 2);
  endif
  for i = find (tape.escaped(places))
    same(i) = strcmp (mps.json.internal.string_bytes (tape, places(i)), text);
  endfor

endfunction
