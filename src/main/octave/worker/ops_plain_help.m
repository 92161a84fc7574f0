## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {@var{texts} =} ops_plain_help (@var{files})
## The help text of each function file in the cell array @var{files}.
##
## It is the one that @code{help} shows: Octave finds it and has
## @command{makeinfo} turn Texinfo into plain text.  Where that program is
## missing or takes too long, Texinfo stays as it is.  A function without help
## has an empty text.  A text of more than 32 KiB is cut at the end of a line,
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
  texts(texinfo) = plain_texts (texts(texinfo), tic ());
  texts = cellfun (@shortened, texts, "UniformOutput", false);
  lengths = cellfun (@numel, texts);
  texts(reshape (cumsum (lengths(:)), size (lengths)) > 2 ^ 23) = {""};

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
