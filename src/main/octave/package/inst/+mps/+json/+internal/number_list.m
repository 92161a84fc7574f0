## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TEXT = number_list (X, GAPS, WHICH, SPECIAL)
##
## The elements of a row of double or single with the fewest digits that read
## back as the same bits; WHICH has the number of the gap behind each.  The form
## is that of the server: 16, 0.1, 1.5E-7, 1E300, -0.  NaN and the infinities
## are a "string" or an "object".

function text = number_list (x, gaps, which, special)

  persistent forms_of = struct ("string", "\"%.*g\"", ...
                                "object", "{\"mwdata\":\"%.*g\"}");
  is_single = isa (x, "single");
  values = double (x);
  values(isnan (values)) = NaN;   # Octave's NA is another one
  sizes = abs (values);
  strange = ! isfinite (values);
  largest = 2^53;
  if (is_single)
    largest = 2^24;
  endif
  plain = (values == fix (values) & sizes <= largest);
  fractions = find (! (plain | strange));
  scientific = false (1, numel (values));
  scientific(fractions) = sizes(fractions) < 1e-3 | sizes(fractions) >= 1e7;

  precision = 17 * ones (1, numel (values));
  odd = [];
  if (! isempty (fractions))
    [precision(fractions), texts] ...
      = mps.json.internal.digits_needed (values(fractions), is_single);
    odd = fractions(precision(fractions) == 0);
  endif
  values(odd) = 0;
  precision -= scientific;
  forms = 1 + scientific + 2 * strange;
  forms(odd) = 4;
  precision(odd) = 1;
  text = mps.json.internal.print_list ( ...
    {"%.*g", "%.*e", forms_of.(special), "\1%.*g"}, forms, gaps, which, ...
    [precision; values]);

  if (! isempty (odd))
    parts = [strsplit(text, "\0010"); texts, {""}];
    text = [parts{:}];
  endif
  if (any (scientific))
    text = regexprep (text, '\.?0*e(?:\+|(-))0*', 'E$1');
  endif

endfunction