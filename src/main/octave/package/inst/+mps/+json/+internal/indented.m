## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## JSON = indented (JSON)
##
## Compact JSON on many lines, two blanks for each level.

function json = indented (json)

  marks = mps.json.internal.mark_strings (json);
  widths = 1 + (json == ":" & ! marks.inside);
  spaced = repmat (" ", 1, sum (widths));
  spaced(cumsum ([1, widths(1:end-1)])) = json;
  json = spaced;

  marks = mps.json.internal.mark_strings (json);
  opens = (json == "[" | json == "{") & ! marks.inside;
  closes = (json == "]" | json == "}") & ! marks.inside;
  hollow = find (opens(1:end-1) & closes(2:end));
  opens(hollow) = false;
  closes(hollow + 1) = false;
  commas = (json == "," & ! marks.inside);
  begins = find (closes | [true, (opens | commas)(1:end-1)]);
  levels = (cumsum (opens) - opens - cumsum (closes))(begins);
  lines = mat2cell (json, 1, diff ([begins, numel(json) + 1]));
  margins = arrayfun (@(level) ["\n", blanks(2 * level)], 0:max (levels), ...
                      "uniformoutput", false);
  parts = [margins(levels + 1); lines];
  json = [parts{:}](2:end);

endfunction
