## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## check_name (CALLER, NAME)
##
## Refuse what Prometheus does not take for the name of a metric, and the names
## of the server's own metrics.

function check_name (caller, name)

  if (! ischar (name) || rows (name) != 1 || columns (name) > 200
      || isempty (regexp (name, '^[a-zA-Z_:][a-zA-Z0-9_:]*\z', "once")))
    error ("prodserver:metrics", ...
           ["prodserver.metrics.%s: NAME must be a text of at most 200 ", ...
            "letters, digits, underscores and colons, not a digit first"], caller);
  endif
  for prefix = {"matlabprodserver_", "ops_"}
    if (strncmp (name, prefix{1}, numel (prefix{1})))
      error ("prodserver:metrics", ...
             "prodserver.metrics.%s: names that begin with \"%s\" are the server's", ...
             caller, prefix{1});
    endif
  endfor

endfunction

%!test
%! prodserver.metrics.internal.check_name ("f", "a");
%! prodserver.metrics.internal.check_name ("f", "_:9");
%! prodserver.metrics.internal.check_name ("f", repmat ("a", 1, 200));
%!error <prodserver.metrics.f: NAME must be> ...
%!  prodserver.metrics.internal.check_name ("f", "a\n")
%!error <prodserver.metrics.f: NAME must be> ...
%!  prodserver.metrics.internal.check_name ("f", repmat ("a", 1, 201))
%!error <names that begin with "ops_"> ...
%!  prodserver.metrics.internal.check_name ("f", "ops_up")
