## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PROBLEM = problem_of (X, LEVEL)
##
## Why X, around which stand LEVEL cell arrays and structs, has no JSON form;
## what it holds aside.  Empty when it has one.

function problem = problem_of (x, level)

  most = 128;
  most_elements = 50000000;
  problem = "";
  if (level > most)
    problem = sprintf ("nested deeper than %d levels", most);
  elseif (ndims (x) > most)
    problem = sprintf ("%d dimensions are more than %d", ndims (x), most);
  elseif (is_function_handle (x))
    problem = "a function handle has no JSON form";
  elseif (! (isnumeric (x) || ischar (x) || islogical (x) || iscell (x)
             || isstruct (x)))
    problem = sprintf ("a value of class %s has no JSON form", class (x));
  elseif (issparse (x) && prod (size (x)) > most_elements)
    problem = sprintf (["a sparse %s matrix has no JSON form but the full ", ...
                        "one, which may have %d elements; return ", ...
                        "[i, j, v] = find (x) instead"], ...
                       mps.json.internal.size_text (size (x)), most_elements);
  endif

endfunction
