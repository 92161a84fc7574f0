## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PATH = unsupported_path (X, PATH, LEVEL)
##
## Where in X, which is called PATH, the first value stands that has no JSON
## form.  Empty when there is none.

function path = unsupported_path (x, path, level)

  if (! isempty (mps.json.internal.problem_of (x, level)))
    return;
  endif
  inner = "";
  if (iscell (x))
    for i = 1:numel (x)
      inner = mps.json.internal.unsupported_path ( ...
        x{i}, sprintf ("%s{%d}", path, i), level + 1);
      if (! isempty (inner))
        break;
      endif
    endfor
  elseif (isstruct (x))
    names = fieldnames (x);
    for i = 1:numel (x) * numel (names)
      [element, k] = ind2sub ([numel(x), numel(names)], i);
      where = path;
      if (numel (x) > 1)
        where = sprintf ("%s(%d)", path, element);
      endif
      inner = mps.json.internal.unsupported_path ( ...
        x(element).(names{k}), [where, ".", names{k}], level + 1);
      if (! isempty (inner))
        break;
      endif
    endfor
  endif
  path = inner;

endfunction
