## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = print_list (TEMPLATES, FORMS, GAPS, WHICH, ARGUMENTS)
##
## Print elements in one go.  FORMS has the number of a template for each, WHICH
## the number of the gap that follows it; ARGUMENTS are those of sprintf.

function text = print_list (templates, forms, gaps, which, arguments)

  if (isempty (forms))
    text = "";
    return;
  elseif (isscalar (forms))
    text = sprintf ([templates{forms}, gaps{which}], arguments);
    return;
  endif
  count = numel (templates);
  both = cell (count, numel (gaps));
  for i = 1:count
    for j = 1:numel (gaps)
      both{i,j} = [templates{i}, gaps{j}];
    endfor
  endfor
  text = sprintf ([both{forms + count * (which - 1)}], arguments);

endfunction
