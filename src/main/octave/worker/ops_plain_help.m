## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{texts} =} ops_plain_help (@var{files})
## The help text of each function file in the cell array @var{files}.
##
## It is the one that @code{help} shows: Octave finds it and has
## @command{makeinfo} turn Texinfo into plain text.  Where that program is
## missing or takes too long, Texinfo stays as it is; and so does a text with
## another command than those that only mark up: some read files, and what is
## read here is shown to callers.  A function without help has an empty text.  A text of more than 32 KiB is cut at the end of a line,
## and followed by a line of three dots; beyond 8 MiB in all, texts are empty.
## @end deftypefn

function texts = ops_plain_help (files)

  if (nargin != 1 || ! iscellstr (files))
    print_usage ();
  endif
  texts = formats = cell (size (files));
  for i = 1:numel (files)
    [texts{i}, formats{i}] = get_help_text_from_file (files{i});
  endfor
  texts(strcmp (formats, "Not documented")) = {""};
  texinfo = find (strcmp (formats, "texinfo"));
  [before, harmless] = cellfun (@only_marked_up, texts(texinfo), ...
                                "UniformOutput", false);
  harmless = logical ([harmless{:}]);
  before = before(harmless);
  texinfo = texinfo(harmless);
  after = plain_texts (before, tic ());
  told = ! strcmp (after, before);
  texts(texinfo(told)) = after(told);
  texts = cellfun (@shortened, texts, "UniformOutput", false);
  lengths = cellfun (@numel, texts);
  texts(reshape (cumsum (lengths(:)), size (lengths)) > 2 ^ 23) = {""};

endfunction

## Whether makeinfo can do no more with a text than show it, and the text to give
## it.  Commands that are known to mark up are let through, no others: there are
## @include, @verbatiminclude and @image, and @macro, @alias, @set, encodings
## and more could spell them.  So can what __makeinfo__ does to cross references
## ("@ref{@}include") and Octave's own macros ("@nospell{@}include"): both are
## done here first, and none is left to be done.

function [text, harmless] = only_marked_up (text)

  harmless = false;
  try
    do
      before = text;
      text = regexprep (text, '@ref{(?:[^}]*?),?(?:XREF)?([^,}]+)}', '$1');
      text = regexprep (text, '@xref{(?:[^}]*?),?(?:XREF)?([^,}]+)}', 'See $1');
      text = regexprep (text, '@pxref{(?:[^}]*?),?(?:XREF)?([^,}]+)}', 'see $1');
    until (strcmp (text, before))
    text = regexprep (text, '@(?:nospell|qcode|tcode)\{', '@asis{');
    text = regexprep (text, '@seealso\{((?:@@|[^@{}])*)\}', ...
                      "\n\n@noindent\nSee also: $1.\n");
    names = regexp (text, '@(?:[^A-Za-z0-9]|([A-Za-z0-9][A-Za-z0-9-]*))', ...
                    "tokens");
    names = [names{:}];
    harmless = isempty (regexp (text, '@p?x?ref\{', "once")) ...
               && all (ismember (names, marking_up ()));
  catch
    ## Not UTF-8.
  end_try_catch

endfunction

function names = marking_up ()

  names = {"deftypefn", "deftypefnx", "deftypefun", "deftypefunx", ...
           "deffn", "deffnx", "defun", "defunx", "deftp", "deftpx", ...
           "defvr", "defvrx", "defvar", "defvarx", "deftypevr", ...
           "deftypevrx", "deftypevar", "deftypevarx", "end", ...
           "var", "code", "samp", "kbd", "key", "command", "env", "file", ...
           "option", "dfn", "cite", "acronym", "abbr", "url", "uref", ...
           "email", "emph", "strong", "sc", "b", "i", "r", "t", "w", ...
           "asis", "math", "sup", "sub", "dmn", "footnote", "anchor", ...
           "example", "smallexample", "lisp", "smalllisp", "display", ...
           "smalldisplay", "format", "smallformat", "verbatim", "group", ...
           "quotation", "smallquotation", "indentedblock", "cartouche", ...
           "table", "ftable", "vtable", "itemize", "enumerate", ...
           "multitable", "item", "itemx", "tab", "headitem", ...
           "columnfractions", "tex", "iftex", "ifnottex", "ifinfo", ...
           "ifnotinfo", "ifhtml", "ifnothtml", "ifplaintext", ...
           "ifnotplaintext", "html", "ignore", "c", "comment", ...
           "noindent", "indent", "sp", "page", "need", "center", ...
           "flushleft", "flushright", "heading", "subheading", ...
           "subsubheading", "section", "subsection", "subsubsection", ...
           "cindex", "findex", "vindex", "kindex", "pindex", "tindex", ...
           "dots", "enddots", "bullet", "minus", "equiv", "error", ...
           "expansion", "point", "print", "result", "arrow", "tie", ...
           "leq", "geq", "euro", "pounds", "textdegree", "copyright", ...
           "registeredsymbol", "TeX", "LaTeX", "backslashchar", ...
           "atchar", "lbracechar", "rbracechar", "comma", "hashchar", ...
           "quotedblleft", "quotedblright", "quoteleft", "quoteright", ...
           "aa", "AA", "ae", "AE", "o", "O", "l", "L", "ss", "oe", "OE", ...
           "dotless", "u", "v", "H", "d", "ringaccent", "dotaccent"};

endfunction

## A run of makeinfo takes longer than all the rest, so one serves many texts.
## When one of them disturbs the others, each half gets a run of its own.

function texts = plain_texts (texts, begun)

  seconds = 20;
  count = numel (texts);
  if (count == 0 || toc (begun) > seconds)
    return;
  endif
  [all, status] = __makeinfo__ (joined (texts), "plain text");
  parts = regexp (all, ["\n*", boundary(), "\n*"], "split");
  if (count == 1)
    if (! isempty (strtrim (all)))
      texts = {all};
    endif
  elseif (status == 0 && numel (parts) == count)
    texts = reshape (parts, size (texts));
  else
    half = floor (count / 2);
    texts(1:half) = plain_texts (texts(1:half), begun);
    texts(half+1:end) = plain_texts (texts(half+1:end), begun);
  endif

endfunction

function text = joined (texts)

  text = "";
  for i = 1:numel (texts)
    one = texts{i};
    ## __makeinfo__ removes the blank behind "#" when it finds one in the first
    ## line of all; here each text has its own first line.
    if (numel (one) > 1 && one(2) == " ")
      one = strrep (one, "\n ", "\n");
    endif
    if (i > 1)
      text = [text, "\n\n@noindent\n", boundary(), "\n\n"];
    endif
    text = [text, one];
  endfor

endfunction

function text = boundary ()

  text = "ops help text 5f1c83";

endfunction

function one = shortened (one)

  most = 2 ^ 15;
  if (numel (one) > most)
    breaks = find (one(1:most) == "\n");
    cut = most;
    if (! isempty (breaks))
      cut = breaks(end) - 1;
    endif
    one = [one(1:cut), "\n..."];
  endif

endfunction

%!function texts = help_of (varargin)
%!  folder = tempname ();
%!  mkdir (folder);
%!  asks = confirm_recursive_rmdir (false);
%!  unwind_protect
%!    for i = 1:nargin
%!      files{i} = fullfile (folder, sprintf ("f%d.m", i));
%!      fid = fopen (files{i}, "w");
%!      fputs (fid, varargin{i});
%!      fclose (fid);
%!    endfor
%!    texts = cellfun (@strtrim, ops_plain_help (files), "UniformOutput", false);
%!  unwind_protect_cleanup
%!    rmdir (folder, "s");
%!    confirm_recursive_rmdir (asks);
%!  end_unwind_protect
%!endfunction
%!
%!function text = texinfo (body)
%!  text = ["## -*- texinfo -*-\n", body, "function f ()\nend\n"];
%!endfunction

%!test # above the function, below it, behind a copyright, none
%! texts = help_of ("% Above\n% it.\n\n% no more\nfunction f ()\nend\n", ...
%!                  "function f ()\n  # Below\n  # it.\nend\n", ...
%!                  "## Copyright (C) 2026 A\n\n## Behind.\nfunction f ()\nend\n", ...
%!                  "function f ()\nend\n", ...
%!                  "%{\nBlock.\n%}\r\nfunction f ()\r\nend\r\n");
%! assert (texts, {"Above\n it.", "Below\n it.", "Behind.", "", "Block."});
%!test # Texinfo becomes plain text, that of many functions at once
%! one = "## @deftypefn {} {@var{r} =} f (@var{n})\n## Do @code{it}.\n## @end deftypefn\n";
%! two = "##@deftypefn {} {} g ()\n##More.\n##@end deftypefn\n";
%! texts = help_of (texinfo (one), "# Plain.\nfunction f ()\nend\n", texinfo (two));
%! assert (texts{1}, "-- R = f (N)\n     Do 'it'.");
%! assert (texts{2}, "Plain.");
%! assert (texts{3}, "-- g ()\n     More.");
%!test # Texinfo that is wrong harms no other
%! good = "## @deftypefn {} {} g ()\n## More.\n## @end deftypefn\n";
%! bad = "## @deftypefn {} {} f ()\n## @example\n## @nosuch{x}\n";
%! texts = help_of (texinfo (good), texinfo (bad), texinfo (good));
%! assert (texts([1, 3]), {"-- g ()\n     More.", "-- g ()\n     More."});
%! assert (! isempty (strfind (texts{2}, "f ()")));
%!test # what reads files, or spells that, is not run; its neighbours are
%! secret = [tempname(), ".txt"];
%! fid = fopen (secret, "w");
%! fputs (fid, "do not tell\n");
%! fclose (fid);
%! without = secret(1:end-4);
%! lines = {{"@include %s"}, {"@verbatiminclude %s"}, {"@image{%.0s%s}"}, ...
%!          {"@macro m {}", "@include %s", "@end macro", "@m{}"}, ...
%!          {"@alias x = include", "@x %s"}, {"@set a @", "@value{a}include %s"}, ...
%!          {"@@ref{include} %s"}, {"@ref{@}include %s"}, ...
%!          {"@nospell{@}include %s"}, {"@qcode{@}verbatiminclude %s"}, ...
%!          {"@seealso{@}include %s"}, {"@definfoenclose x,@include %s,."}, ...
%!          {"@documentencoding UTF-7", "+AEA-include %s"}, {"@linemacro a b"}};
%! good = "## Do @code{it}, @qcode{\"x\"}, @nospell{y}.\n## @seealso{a, @@b/c}\n";
%! unwind_protect
%!   for i = 1:numel (lines)
%!     body = strrep (sprintf ("## %s\n", lines{i}{:}), "%.0s%s", without);
%!     body = strrep (body, "%s", secret);
%!     texts = help_of (texinfo (body), texinfo (good));
%!     assert (isempty (strfind (texts{1}, "do not tell")), "%s", body);
%!     assert (texts{2}, "Do 'it', \"x\", y.\n\nSee also: a, @b/c.");
%!   endfor
%! unwind_protect_cleanup
%!   delete (secret);
%! end_unwind_protect
%!assert (help_of (texinfo ("## @code{x}\n## @set x\n")), {"@code{x}\n @set x"})
%!test # Texinfo in Latin-1 costs no other its text
%! texts = help_of (texinfo ("## @code{caf\xe9}\n"), texinfo ("## @code{x}\n"));
%! assert (texts{2}, "'x'");
%! assert (! isempty (strfind (texts{1}, "caf")));
%!test # without makeinfo Texinfo stays
%! before = makeinfo_program ("no-such-program-here");
%! unwind_protect
%!   texts = help_of (texinfo ("## @deftypefn {} {} g ()\n## @end deftypefn\n"), ...
%!                    texinfo ("## @code{x}\n"));
%! unwind_protect_cleanup
%!   makeinfo_program (before);
%! end_unwind_protect
%! assert (texts, {"@deftypefn {} {} g ()\n @end deftypefn", "@code{x}"});
%!test # 300 lines are kept, a novel is cut at the end of a line
%! lines = @(n) repmat (["# ", repmat("x", 1, 78), "\n"], 1, n);
%! texts = help_of ([lines(300), "function f ()\nend\n"], ...
%!                  [lines(3000), "function f ()\nend\n"], ...
%!                  ["# ", repmat("y", 1, 1e5), "\nfunction f ()\nend\n"]);
%! assert (sum (texts{1} == "x"), 300 * 78);
%! assert (texts{2}(end-5:end), "xx\n...");
%! assert (numel (texts{2}) <= 2 ^ 15);
%! assert (numel (texts{3}), 2 ^ 15 + 3);
%!test # all together are bounded too
%! much = ["# ", repmat("y", 1, 3e4), "\nfunction f ()\nend\n"];
%! texts = help_of (repmat ({much}, 1, 300){:});
%! assert (! isempty (texts{200}));
%! assert (isempty (texts{300}));
%!assert (ops_plain_help ({}), {})
%!error <Invalid call> ops_plain_help ()
