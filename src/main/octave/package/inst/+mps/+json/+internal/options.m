## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## CHOSEN = options (CALLER, DEFAULTS, ARGUMENTS)
##
## Pairs of names and values: the DEFAULTS with those of ARGUMENTS in their
## place.  Names may be written in any case.

function chosen = options (caller, defaults, arguments)

  chosen = defaults;
  names = fieldnames (defaults);
  if (mod (numel (arguments), 2) != 0)
    error ("mps:json:option", "%s: options come as pairs of name and value", ...
           caller);
  endif
  for i = 1:2:numel (arguments)
    known = [];
    if (ischar (arguments{i}))
      known = find (strcmpi (arguments{i}, names));
    endif
    if (isempty (known))
      error ("mps:json:option", "%s: option %d must be one of %s", caller, ...
             (i + 1) / 2, strjoin (names.', ", "));
    endif
    chosen.(names{known}) = checked (caller, names{known}, arguments{i+1});
  endfor

endfunction

function value = checked (caller, name, value)

  switch (name)
    case "PrettyPrint"
      fine = isscalar (value) && (islogical (value) || isequal (value, 0)
                                  || isequal (value, 1));
      wanted = "true or false";
    case "Nargout"
      fine = isscalar (value) && isnumeric (value) && isreal (value) ...
             && value >= 0 && value <= 1000 && value == fix (value);
      wanted = "an integer from 0 to 1000";
    case {"Format", "OutputFormat"}
      [value, fine] = word (value, {"small", "large"});
      wanted = "\"small\" or \"large\"";
    otherwise
      [value, fine] = word (value, {"string", "object"});
      wanted = "\"string\" or \"object\"";
  endswitch
  if (! fine)
    error ("mps:json:option", "%s: %s must be %s", caller, name, wanted);
  endif

endfunction

function [value, fine] = word (value, words)

  fine = ischar (value) && any (strcmpi (value, words));
  if (fine)
    value = lower (value);
  endif

endfunction
