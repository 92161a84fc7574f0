## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## TAPE = scan (TEXT, CALLER, ROOT)
##
## Take a JSON text apart, all tokens at once.  TAPE has a place for each value
## and each name of a member, in the order of the text; a value comes right
## behind its name, the parts of an array or object behind it.  Its rows are
##
##   kind     [ or { for a container, s string, 0 number, t f n for the three
##            words, k for the name of a member
##   first, last   where it stands in TEXT, quotes included
##   escaped  whether a string has a backslash
##   number   the double nearest to a number, else NaN
##   parent   the place of the container it stands in, 0 for none
##   level    how many containers it stands in
##   past     the place behind it and all its parts
##   count    how many values a container has
##
## CALLER and ROOT begin messages: the function, and what it calls the value.

function tape = scan (text, caller, root)

  if (! (ischar (text) && (isrow (text) || isempty (text))))
    error ("mps:json:syntax", "%s: the JSON must be text in one row", caller);
  endif
  text = reshape (text, 1, numel (text));
  tape = struct ("text", text, "caller", caller, "root", root);
  if (all (any (text == (" \t\n\r").', 1)))
    refuse_first (tape, [numel(text) + 1, 4]);
  endif
  marks = mps.json.internal.mark_strings (text);
  faults = string_faults (text, marks);
  [tokens, numbers, fault] = tokenize (text, marks);
  faults = [faults; fault];
  [tokens, fault] = check_grammar (tokens, numel (text));
  faults = [faults; fault];
  if (! isempty (faults))
    refuse_first (tape, faults);
  endif
  tape = lay_out (tape, tokens, marks);
  check_names (tape);
  tape.number = NaN (1, numel (tape.kind));
  tape.number(tape.kind == "0") = sscanf (numbers, "%f");
  infinite = find (isinf (tape.number), 1);
  if (! isempty (infinite))
    mps.json.internal.refuse (tape, infinite, ...
                              "the number is too large for a double");
  endif

endfunction

## FAULTS has a row for each: where it is, and which of these it is.
function refuse_first (tape, faults)

  persistent problems = {
    "these bytes are no UTF-8"
    "a control character in a string must be escaped"
    "there is no such escape in JSON"
    "the text ends before the JSON does"
    "this is not JSON"
    "a number may have 1000 digits"
    "a name may have 50000 bytes"
    "there is more than one JSON value"
    "nested deeper than 128 levels"
    "half a surrogate pair in a name"
  };
  [~, i] = min (faults(:,1));
  before = tape.text(1:faults(i,1)-1);
  error ("mps:json:syntax", "%s: line %d, column %d: %s", tape.caller, ...
         1 + sum (before == "\n"), ...
         faults(i,1) - max ([0, find(before == "\n", 1, "last")]), ...
         problems{faults(i,2)});

endfunction

function faults = fault (places, which)

  faults = zeros (0, 2);
  if (! isempty (places))
    faults = [places(1), which];
  endif

endfunction

function faults = string_faults (text, marks)

  faults = zeros (0, 2);
  if (any (text > 127))
    [~, valid] = mps.json.internal.utf8_points (text);
    faults = fault (find (! valid, 1), 1);
  endif
  faults = [faults; fault(find (marks.inside & text < 32, 1), 2)];
  if (! isempty (marks.escapes))
    faults = [faults; escape_faults(text, marks.escapes)];
  endif
  if (numel (marks.opening) > numel (marks.closing))
    faults = [faults; numel(text) + 1, 4];
  endif

endfunction

function faults = escape_faults (text, escapes)

  padded = [text, "     "];
  letters = padded(escapes + 1);
  good = any (letters == ("\"\\/bfnrtu").', 1);
  unicode = escapes(letters == "u");
  faults = fault (escapes(! good), 3);
  if (! isempty (unicode))
    ## isxdigit would read a matrix of bytes as UTF-8.
    digits = padded(bsxfun (@plus, unicode.', 2:5));
    hex = all ((digits >= "0" & digits <= "9") | (digits >= "a" & digits <= "f")
               | (digits >= "A" & digits <= "F"), 2);
    faults = [faults; fault(unicode(! hex), 3)];
  endif

endfunction

## The server refuses the same.
function check_names (tape)

  sizes = tape.last - tape.first;
  for place = find (tape.kind == "k" & (tape.escaped | sizes > 50001))
    points = mps.json.internal.string_points (tape, place);
    at = tape.first(place);
    faults = [fault(at(any (points >= 0xD800 & points <= 0xDFFF)), 10)
              fault(at(numel (points) > 50000), 7)];
    if (! isempty (faults))
      refuse_first (tape, faults);
    endif
  endfor

endfunction

## TOKENS are those of JSON, "a" for numbers and words first; NUMBERS is the
## text of all numbers.
function [tokens, numbers, faults] = tokenize (text, marks)

  count = numel (text);
  structural = false (1, count);
  for c = "{}[]:,"
    structural |= (text == c);
  endfor
  structural &= ! marks.inside;
  blank = (text == " " | text == "\n" | text == "\r" | text == "\t");
  atom = ! (marks.inside | structural | blank);
  starts = find (atom & ! [false, atom(1:end-1)]);
  ends = find (atom & ! [atom(2:end), false]);
  [kinds, numbers, faults] = sort_atoms (text, starts, ends);

  kind = char (zeros (1, count));
  kind(structural) = text(structural);
  kind(marks.opening) = "s";
  kind(starts) = kinds;
  tokens.first = find (kind);
  tokens.kind = kind(tokens.first);
  tokens.last = tokens.first;
  is_string = (tokens.kind == "s");
  closing = [marks.closing, repmat(count, 1, sum (is_string))];
  tokens.last(is_string) = closing(1:sum (is_string));
  tokens.last(any (tokens.kind == ("0tfn").', 1)) = ends;

endfunction

function [kinds, numbers, faults] = sort_atoms (text, starts, ends)

  kinds = repmat ("0", 1, numel (starts));
  sizes = ends - starts + 1;
  for word = {"true", "false", "null"}
    word = word{1};
    candidates = find (sizes == numel (word) & text(starts) == word(1));
    if (! isempty (candidates))
      letters = text(bsxfun (@plus, starts(candidates).', 0:numel (word)-1));
      letters = reshape (letters, numel (candidates), numel (word));
      same = all (bsxfun (@eq, letters, word), 2);
      kinds(candidates(same)) = word(1);
    endif
  endfor

  is_number = (kinds == "0");
  [numbers, origin] = cut_out (text, starts(is_number), ends(is_number));
  faults = fault (origin(numbers > 127), 5);
  if (isempty (faults))
    bad = regexp (["\n", numbers], ...
                  ["\n(?!-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?", ...
                   "(?:[eE][-+]?[0-9]++)?\n)."], "once");
    faults = fault (origin(bad), 5);
  endif
  for i = find (is_number & sizes > 1000 & isempty (faults))
    digits = regexprep (text(starts(i):ends(i)), '^-?0\.|[^0-9]', "");
    if (numel (digits) > 1000)
      faults = [faults; starts(i), 6];
      return;
    endif
  endfor

endfunction

## The parts of a text from STARTS to ENDS, with a line feed behind each; ORIGIN
## is where each character comes from.
function [parts, origin] = cut_out (text, starts, ends)

  change = zeros (1, numel (text) + 2);
  change(starts) = 1;
  change(ends + 1) -= 1;
  kept = cumsum (change(1:end-1)) > 0;
  parts = [text, "\n"];
  parts(! kept) = "\n";
  kept(ends + 1) = true;
  origin = find (kept);
  parts = parts(kept);

endfunction

## TOKENS gets the members level (how many containers stand around each),
## context (the token that opens the innermost of them, or 0) and is_name.
function [tokens, faults] = check_grammar (tokens, size_of_text)

  opens = (tokens.kind == "[" | tokens.kind == "{");
  closes = (tokens.kind == "]" | tokens.kind == "}");
  levels = cumsum (opens - closes);
  faults = zeros (0, 2);
  stop = find (levels <= 0, 1);
  if (isempty (stop))
    faults = [size_of_text + 1, 4];
    stop = numel (levels);
  elseif (stop < numel (levels))
    faults = [tokens.first(stop+1), 8];
  endif

  for member = {"kind", "first", "last"}
    tokens.(member{1}) = tokens.(member{1})(1:stop);
  endfor
  opens = opens(1:stop);
  tokens.level = [0, levels(1:stop-1)](1:stop);
  tokens.context = contexts (find (opens), levels(opens), tokens.level);
  [fine, tokens.is_name] = follow_rules (tokens);
  faults = [faults; fault(tokens.first(! fine), 5)];

  ## A struct in large notation takes three levels of JSON, and the innermost
  ## value may be an array in small notation; a response has two around all.
  faults = [faults; fault(tokens.first(opens & tokens.level >= 522), 9)];

endfunction

## The innermost container around each token: of those opened to its level, the
## last before it.
function places = contexts (openers, opened_levels, levels)

  count = numel (levels);
  places_of_all = [2 * openers + 1, 2 * (1:count)];
  [~, order] = sort ([opened_levels, levels] * (2 * count + 2) + places_of_all);
  is_opener = order <= numel (openers);
  last = [0, openers(order(is_opener))](cumsum (is_opener) + 1);
  places = zeros (1, count);
  places(order(! is_opener) - numel (openers)) = last(! is_opener);

endfunction

## What may follow what.  The state before a token is what came before it; the
## columns are the kinds of token.
function [fine, is_name] = follow_rules (tokens)

  persistent may_follow = logical ([
  ## [  {  s  a  ]  }  :  ,
     1  1  1  1  0  0  0  0    # at the beginning
     1  1  1  1  1  0  0  0    # after [
     0  0  1  0  0  1  0  0    # after {
     1  1  1  1  0  0  0  0    # after a comma in an array
     0  0  1  0  0  0  0  0    # after a comma in an object
     1  1  1  1  0  0  0  0    # after :
     0  0  0  0  0  0  1  0    # after a name
     0  0  0  0  1  0  0  1    # after a value in an array
     0  0  0  0  0  1  0  1    # after a value in an object
  ]);

  count = numel (tokens.kind);
  before = ["^", tokens.kind(1:end-1)](1:count);
  around = ["^", tokens.kind](tokens.context + 1);
  is_name = (tokens.kind == "s" & around == "{"
             & (before == "{" | before == ","));

  state = 8 + (around == "{");
  state([false, is_name(1:end-1)](1:count)) = 7;
  state(before == ":") = 6;
  state(before == ",") = 4 + (around(before == ",") == "{");
  state(before == "{") = 3;
  state(before == "[") = 2;
  state(before == "^") = 1;
  column = zeros (1, 256);
  column(double ("[{s0tfn]}:,")) = [1, 2, 3, 4, 4, 4, 4, 5, 6, 7, 8];
  column = column(double (tokens.kind));
  fine = may_follow(state + rows (may_follow) * (column - 1));

endfunction

## Leave out what only separates, and say where each container ends.
function tape = lay_out (tape, tokens, marks)

  closes = (tokens.kind == "]" | tokens.kind == "}");
  kept = ! (closes | tokens.kind == ":" | tokens.kind == ",");
  place = cumsum (kept);
  tokens.kind(tokens.is_name) = "k";
  tape.kind = tokens.kind(kept);
  tape.first = tokens.first(kept);
  tape.last = tokens.last(kept);
  tape.level = tokens.level(kept);
  tape.parent = [0, place](tokens.context(kept) + 1);
  count = numel (tape.kind);
  slashes = cumsum (accumarray (marks.escapes.', 1, [numel(tape.text), 1]));
  tape.escaped = reshape (slashes(tape.last) > slashes(tape.first), 1, count);
  tape.past = (1:count) + 1;
  tape.past(place(tokens.context(closes))) = place(closes) + 1;
  inside = (tape.parent > 0 & tape.kind != "k");
  tape.count = accumarray (tape.parent(inside).', 1, [count, 1]).';

endfunction
