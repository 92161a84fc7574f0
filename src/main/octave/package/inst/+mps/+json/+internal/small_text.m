## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## JSON = small_text (X, LEVEL, SPECIAL)
##
## X in small notation if it has one that reads back as the same value, else in
## large notation.  Of empty arrays only the 0x0 double, [], and the 0x0 char,
## "", have a small form.  SPECIAL is the form of NaN and the infinities.

function json = small_text (x, level, special)

  mps.json.internal.check_form (x, level);
  extents = size (x);
  null = isequal (extents, [0, 0]);
  switch (class (x))
    case "double"
      is_small = (! iscomplex (x) && (null || ! isempty (x)));
    case "logical"
      is_small = ! isempty (x);
    case "char"
      is_small = (null || (numel (extents) == 2 && extents(1) == 1
                           && extents(2) > 0));
    case "struct"
      is_small = (numel (x) == 1 && ndims (x) == 2
                  && ! any (isfield (x, {"mwdata", "mwsize", "mwtype"})));
    otherwise
      is_small = false;
  endswitch

  if (! is_small)
    json = mps.json.internal.large_text (x, level, special);
  elseif (isstruct (x))
    names = fieldnames (x);
    parts = cell (2, numel (names));
    for k = 1:numel (names)
      parts{1,k} = [mps.json.internal.quoted_name(names{k}), ":"];
      parts{2,k} = [mps.json.internal.small_text(x.(names{k}), level + 1, ...
                                                 special), ","];
    endfor
    json = ["{", parts{:}];
    json(end + isempty (names)) = "}";
  elseif (ischar (x))
    json = mps.json.internal.quoted (x);
  elseif (null)
    json = "[]";
  else
    json = nested (full (x), special);
  endif

endfunction

function json = nested (x, special)

  count = numel (x);
  if (count == 1)
    json = mps.json.internal.element_list (x, {""}, 1, special);
    return;
  endif
  rank = ndims (x);
  extents = size (x);
  ## How many arrays end behind each element, which come row by row.
  which = ones (1, count);
  for step = cumprod (fliplr (extents(2:end)))
    which(step:step:end) += 1;
  endfor
  gaps = cell (1, rank + 1);
  for k = 1:rank
    gaps{k} = [repmat("]", 1, k - 1), ",", repmat("[", 1, k - 1)];
  endfor
  gaps{end} = repmat ("]", 1, rank);
  which(end) = rank + 1;
  x = reshape (permute (x, rank:-1:1), 1, count);
  json = [repmat("[", 1, rank), ...
          mps.json.internal.element_list(x, gaps, which, special)];

endfunction
