## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## JSON = text_of (X, NAME, CALLER, OPTIONS)
##
## A value as JSON.  NAME is what messages call it.

function json = text_of (x, name, caller, options)

  max_recursion_depth (max_recursion_depth () + 300, "local");
  try
    if (strcmp (options.Format, "small"))
      json = mps.json.internal.small_text (x, 0, options.NaNInfType);
    else
      json = mps.json.internal.large_text (x, 0, options.NaNInfType);
    endif
  catch err
    if (strcmp (err.identifier, "mps:json:unsupported"))
      path = mps.json.internal.unsupported_path (x, name, 0);
      err.message = sprintf ("%s: %s: %s", caller, path, err.message);
    endif
    ## Without the frames in between, of which there may be hundreds.
    error (struct ("message", err.message, "identifier", err.identifier));
  end_try_catch

endfunction
