## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {[@var{inputs}, @var{outputs}] =} ops_header (@var{file})
## Say how the function in @var{file} names its arguments.
##
## @var{inputs} and @var{outputs} are rows of cells with the names in their
## order, @code{~} for an input that is ignored.  Default values are left out.
## Nothing in @var{file} is run: Octave's own lexer reads it and tells its
## tokens (@code{__display_tokens__}), in which comments, continued lines and
## the insides of texts are no matter any more.
##
## Throws @code{ops:noHeader} for a file that does not begin with a function.
## The names of more than some thousands of arguments are not found.
## @end deftypefn

function [inputs, outputs] = ops_header (file)

  if (nargin != 1 || ! ischar (file))
    print_usage ();
  endif
  inputs = outputs = cell (1, 0);
  ## Byte by byte: texts come with their escapes done and need not be UTF-8,
  ## which regexp and strsplit refuse.
  lines = ostrsplit (tokens_of (file), "\n");
  at = find (strcmp (lines, "FCN"), 1) + 1;
  if (isempty (at))
    refuse (file);
  endif

  ## function f, function r = f, function [r1, r2] = f
  [token, at] = next_token (lines, at);
  [after, behind] = next_token (lines, at);
  if (strcmp (token, "["))
    [outputs, at] = names_until ("]", lines, at);
    [token, at] = next_token (lines, at);
    [~, at] = next_token (lines, at);
    [after, behind] = next_token (lines, at);
  elseif (strcmp (after, "'='"))
    outputs = {argument_name(token)};
    [~, at] = next_token (lines, behind);
    [after, behind] = next_token (lines, at);
  endif
  if (strcmp (after, "("))
    inputs = names_until (")", lines, behind);
  endif

endfunction

## What Octave's lexer says of a file, no more of it than a header may take.

function told = tokens_of (file)

  most = 2 ^ 18;
  __display_tokens__ (true, "local");
  told = evalc ("__parse_file__ (file);");
  if (numel (told) > most)
    told = told(1:most);
  endif

endfunction

## One token; a text may hold line breaks, so that its token takes some lines.

function [token, at] = next_token (lines, at)

  if (at > numel (lines))
    error ("ops:noHeader", "the header does not end");
  endif
  token = lines{at++};
  if (any (strncmp (token, {"DQ_STRING [", "SQ_STRING ["}, 11)))
    while (token(end) != "]" && at <= numel (lines))
      token = [token, "\n", lines{at++}];
    endwhile
  endif

endfunction

## The first token of each argument; what follows it is its default value.

function [names, at] = names_until (closing, lines, at)

  names = cell (1, 0);
  depth = 0;
  begins = true;
  [token, at] = next_token (lines, at);
  while (depth > 0 || ! strcmp (token, closing))
    if (depth == 0 && strcmp (token, ","))
      begins = true;
    elseif (begins)
      names{end+1} = argument_name (token);
      begins = false;
    elseif (any (strcmp (token, {"(", "[", "{"})))
      depth++;
    elseif (any (strcmp (token, {")", "]", "}"})))
      depth--;
    endif
    [token, at] = next_token (lines, at);
  endwhile

endfunction

function name = argument_name (token)

  if (strncmp (token, "NAME [", 6))
    name = token(7:end-1);
  elseif (any (strcmp (token, {"EXPR_NOT", "'~'", "'!'"})))
    name = "~";
  else
    error ("ops:noHeader", "'%s' does not name an argument", token);
  endif

endfunction

function refuse (file)

  error ("ops:noHeader", "%s does not begin with a function", file);

endfunction

%!function [inputs, outputs] = header_of (varargin)
%!  file = [tempname(), ".m"];
%!  fid = fopen (file, "w");
%!  fputs (fid, sprintf (varargin{:}));
%!  fclose (fid);
%!  unwind_protect
%!    [inputs, outputs] = ops_header (file);
%!  unwind_protect_cleanup
%!    delete (file);
%!  end_unwind_protect
%!endfunction
%!
%!function check (text, inputs, outputs)
%!  [in, out] = header_of ("%s", text);
%!  assert (in, reshape (inputs, 1, []));
%!  assert (out, reshape (outputs, 1, []));
%!endfunction

%!test # the shapes of a header
%! check ("function f\nx = 1;\n", cell (1, 0), cell (1, 0));
%! check ("function f ()\nend\n", cell (1, 0), cell (1, 0));
%! check ("function [] = f ()\nend\n", cell (1, 0), cell (1, 0));
%! check ("function r = f\nr = 1;\nend\n", cell (1, 0), {"r"});
%! check ("function f (a), end\n", {"a"}, cell (1, 0));
%! check ("function f; end\n", cell (1, 0), cell (1, 0));
%! check ("function r = f (a) r = a; end\n", {"a"}, {"r"});
%! check ("function [r] = f (a, b)\nend\n", {"a", "b"}, {"r"});
%! check ("function [r s,t] = f (a,b)\nend\n", {"a", "b"}, {"r", "s", "t"});
%! check ("function f(get, set, properties)\nend\n", ...
%!        {"get", "set", "properties"}, cell (1, 0));
%!test # varargs, wherever they stand, and inputs that are ignored
%! check ("function varargout = f (varargin)\nend\n", ...
%!        {"varargin"}, {"varargout"});
%! check ("function [varargout, b] = f (varargin, y)\nend\n", ...
%!        {"varargin", "y"}, {"varargout", "b"});
%! check ("function r = f (~, x)\nend\n", {"~", "x"}, {"r"});
%! check ("function r = f (x, !)\nend\n", {"x", "~"}, {"r"});
%!test # default values are left out, whatever stands in them
%! check (["function r = f (x = sum ([1, 2](end)), y = \"a,b)\", ", ...
%!         "z = @(q, r) q + r, w = {1, 'it''s'; [2 3]}, v)\nend\n"], ...
%!        {"x", "y", "z", "w", "v"}, {"r"});
%! check ("function r = f (x = \"\\n\", y = \"a]\\n)\", varargin)\nend\n", ...
%!        {"x", "y", "varargin"}, {"r"});
%! check ("function r = f (x = struct (\"a\", 1).a, y = x')\nend\n", ...
%!        {"x", "y"}, {"r"});
%!test # comments and continued lines
%! check (["## Copyright\n%{\nfunction [no] = trap (here)\n%}\n# more\n\n", ...
%!         "function [a, varargout, ... (one\n          b] = f (x, ... two)\n", ...
%!         "   # [three\n   y)  # four (z)\n  a = 1;\nend\n"], ...
%!        {"x", "y"}, {"a", "varargout", "b"});
%!test # line ends of other systems, and a byte order mark
%! check ("% help\r\nfunction r = f (a, ...\r\n  b)\r\nr = a;\r\nend\r\n", ...
%!        {"a", "b"}, {"r"});
%! check (["\xEF\xBB\xBF", "function r = f (a)\nend\n"], {"a"}, {"r"});
%!test # other functions of the file do not count, nor what stands in the body
%! check (["function r = f (a)\n  r = \"x]\\nFCN\\nNAME [b]\";\n", ...
%!         "  function inner (c)\n  end\nend\nfunction second (d, e)\nend\n"], ...
%!        {"a"}, {"r"});
%!test # bytes that are no UTF-8, by escapes in a text or as Latin-1
%! check ("function r = f (abc) r = \"\\xe9\\xff\"; end\n", {"abc"}, {"r"});
%! check ("function r = f (abc, d = \"\\xff)\", e)\nend\n", {"abc", "d", "e"}, {"r"});
%! check (["% caf\xe9\nfunction r = f (abc) r = \"\xe9\"; end\n"], {"abc"}, {"r"});
%!test # the name in the file is not that of the file
%! check ("function r = another (a)\nend\n", {"a"}, {"r"});
%!test # nothing is printed, and the lexer is silent again
%! printed = evalc ("check (\"function f (a)\\nend\\n\", {\"a\"}, cell (1, 0))");
%! assert (printed, "");
%! assert (__display_tokens__ (), false);
%!error <Invalid call> ops_header ()
%!error id=ops:noHeader header_of ("x = 1;\n")
