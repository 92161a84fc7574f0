## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## NAMES = needed_functions ()
##
## The functions of Octave that the code of the worker calls.  A function of
## the same name in a bundle would be called in their place.  Read from the
## worker's own source: a list by hand would be forgotten at the next change.

function names = needed_functions ()

  here = fileparts (mfilename ("fullpath"));
  words = {};
  for folder = {here, fileparts(here)}
    for entry = reshape (dir (fullfile (folder{1}, "*.m")), 1, [])
      words = [words, words_of(fullfile (folder{1}, entry.name))];
    endfor
  endfor
  words = unique (words);
  known = cellfun (@(word) any (exist (word) == [2, 5]), words);
  names = words(known);

endfunction

## The words before a parenthesis in a file's code, which leaves out comments,
## tests, texts, field names and most variables.

function words = words_of (path)

  code = fileread (path);
  code = regexprep (code, '(?m)^%![^\n]*', "");
  code = regexprep (code, '"(\\.|[^"\\\n])*"', '""');
  code = regexprep (code, "(?<![\\w\\)\\]}'.])'[^'\n]*'", "''");
  code = regexprep (code, '#[^\n]*', "");
  words = regexp (code, '(?<![\w.])[A-Za-z_]\w*(?=\s*\()', "match");

endfunction
