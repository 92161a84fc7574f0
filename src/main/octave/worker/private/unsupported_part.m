## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## WHERE = unsupported_part (RESULTS)
##
## Where in the outputs the first value stands that has no encoding, as a
## prefix for a message: "output 2{3}.model: ".  Empty when there is none.

function where = unsupported_part (results)

  where = "";
  for i = 1:numel (results)
    [found, path] = search (results{i}, sprintf ("output %d", i), 0);
    if (found)
      where = [path, ": "];
      return;
    endif
  endfor

endfunction

function [found, path] = search (x, path, level)

  found = ! isempty (limit_problem (x, level));
  if (found)
    return;
  elseif (iscell (x))
    for i = 1:numel (x)
      [found, inner] = search (x{i}, sprintf ("%s{%d}", path, i), ...
                               level + 1);
      if (found)
        path = inner;
        return;
      endif
    endfor
  elseif (isstruct (x))
    names = fieldnames (x);
    for k = 1:numel (names)
      values = {x.(names{k})};
      for i = 1:numel (values)
        element = path;
        if (numel (values) > 1)
          element = sprintf ("%s(%d)", path, i);
        endif
        [found, inner] = search (values{i}, [element, ".", names{k}], ...
                                 level + 1);
        if (found)
          path = inner;
          return;
        endif
      endfor
    endfor
  else
    found = ! (isnumeric (x) || ischar (x) || islogical (x)
               || is_function_handle (x));
  endif

endfunction
