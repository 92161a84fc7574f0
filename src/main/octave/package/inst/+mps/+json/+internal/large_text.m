## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## JSON = large_text (X, LEVEL, SPECIAL)
##
## X in large notation, members in alphabetical order as MPS has them.  SPECIAL
## is the form of NaN and the infinities.

function json = large_text (x, level, special)

  mps.json.internal.check_form (x, level);
  head = "{";
  switch (class (x))
    case "cell"
      data = ["[", all_of(x, level + 1, special), "]"];
    case "struct"
      names = fieldnames (x);
      parts = cell (1, numel (names));
      for k = 1:numel (names)
        parts{k} = [mps.json.internal.quoted_name(names{k}), ":[", ...
                    all_of({x.(names{k})}, level + 1, special), "]"];
      endfor
      data = ["{", strjoin(parts, ","), "}"];
    case "char"
      text = mps.json.internal.char_text (x);
      data = ["[", mps.json.internal.quoted(text), "]"];
    otherwise
      if (iscomplex (x))
        head = "{\"mwcomplex\":true,";
        ## full makes it real if the parts allow; without it, real and imag of a
        ## sparse matrix drop the signs of zeros.
        if (issparse (x))
          x = full (x);
        endif
        data = [reshape(full (real (x)), 1, [])
                reshape(full (imag (x)), 1, [])];
      else
        data = full (x);
      endif
      data = ["[", flat(reshape (data, 1, []), special), "]"];
  endswitch
  json = [head, "\"mwdata\":", data, ",\"mwsize\":[", ...
          sprintf("%d,", size (x))(1:end-1), "],\"mwtype\":\"", class(x), ...
          "\"}"];

endfunction

function text = all_of (values, level, special)

  parts = cell (1, numel (values));
  for i = 1:numel (values)
    parts{i} = mps.json.internal.large_text (values{i}, level, special);
  endfor
  text = strjoin (parts, ",");

endfunction

function text = flat (x, special)

  which = [ones(1, numel (x) - 1), 2 * ones(1, numel (x) > 0)];
  text = mps.json.internal.element_list (x, {",", ""}, which, special);

endfunction
