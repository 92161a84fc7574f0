## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn  {} {[@var{functions}, @var{problems}] =} ops_inspect (@var{folder})
## @deftypefnx {} {[@var{functions}, @var{problems}] =} ops_inspect (@var{folder}, @var{part}, @dots{})
## Put @var{folder} on the path and say what it offers to callers.
##
## With @var{part}s, which are relative to @var{folder}, these are put on the
## path in its place, the first one first.  An empty one is @var{folder} itself.
##
## @var{functions} is a struct array with the fields @code{name} (package
## functions with their package), @code{file} (relative to @var{folder}),
## @code{nargin} and @code{nargout}, as Octave itself answers them,
## @code{inputs} and @code{outputs} with the names of the arguments (only
## @code{varargin} and @code{varargout} when Octave does not tell them), and
## @code{help}, as plain text where possible.  Scripts, classes, private
## functions and methods are left out.  Compiled functions (@file{.oct},
## @file{.mex}, and what @code{autoload} takes from them) are loaded; Octave
## tells nothing of their arguments.
##
## @var{problems} is a struct array with the fields @code{file}, @code{line}
## (0 when not known) and @code{message}, one for each file that does not
## parse, private functions and methods included, or one for each that hides a
## function of Octave that the worker itself needs: such a folder is not put
## on the path at all.
## @end deftypefn

function [functions, problems] = ops_inspect (folder, varargin)

  if (nargin < 1 || ! ischar (folder) || ! iscellstr (varargin))
    print_usage ();
  endif
  parts = varargin;
  if (isempty (parts))
    parts = {""};
  endif
  functions = struct ("name", {}, "file", {}, "nargin", {}, "nargout", {}, ...
                      "inputs", {}, "outputs", {}, "help", {});
  problems = cellfun (@(part) hidden_functions (folder, part), parts, ...
                      "UniformOutput", false);
  problems = [problems{:}];
  if (isempty (problems))
    known = autoload ();
    load_folders (fullfile (folder, parts));
    for part = parts
      [functions, problems] = look_into (folder, below (part{1}), "", ...
                                         functions, problems);
    endfor
    [functions, problems] = look_at_autoloads (folder, known, ...
                                               functions, problems);
    if (isempty (problems) && ! isempty (functions))
      ## What comes first on the path is what is called.
      [~, first] = unique ({functions.name}, "first");
      functions = described (folder, functions(sort (first)));
    endif
  endif

endfunction

## What file names in a part begin with.

function prefix = below (part)

  prefix = "";
  if (! isempty (part))
    prefix = [part, "/"];
  endif

endfunction

function problems = hidden_functions (folder, part)

  problems = struct ("file", {}, "line", {}, "message", {});
  needed = needed_functions ();
  for entry = reshape (dir (fullfile (folder, part)), 1, [])
    [~, name, extension] = fileparts (entry.name);
    if (is_function_file (extension) && any (strcmp (name, needed)))
      path = [below(part), entry.name];
      problems(end+1) = struct ("file", path, "line", 0, "message", ...
        sprintf (["hides Octave's own function %s, which the worker needs", ...
                  "; give it another name or put it into a package"], name));
    endif
  endfor

endfunction

function [functions, problems] = look_into (folder, below, package, ...
                                            functions, problems)

  entries = dir (fullfile (folder, below));
  ## Compiled ones first: of a name, Octave takes those.
  [~, order] = sort (strrep ({entries.name}, ".m", ".~"));
  for entry = reshape (entries(order), 1, [])
    path = [below, entry.name];
    if (entry.isdir)
      if (entry.name(1) == "+")
        [functions, problems] = look_into (
          folder, [path, "/"], [package, entry.name(2:end), "."], ...
          functions, problems);
      elseif (entry.name(1) == "@" || strcmp (entry.name, "private"))
        problems = parse_all (folder, [path, "/"], problems);
      endif
    elseif (regexp (entry.name, '^[A-Za-z_]\w*\.(m|oct|mex)$'))
      [~, name, extension] = fileparts (entry.name);
      [found, problem] = look_at ([package, name], path, extension);
      functions = [functions, found];
      problems = [problems, problem];
    endif
  endfor

endfunction

## Functions that a PKG_ADD has taken from a file in FOLDER.

function [functions, problems] = look_at_autoloads (folder, known, ...
                                                    functions, problems)

  for entry = reshape (autoload (), 1, [])
    inside = strncmp (entry.file, [folder, "/"], numel (folder) + 1);
    if (inside && ! any (strcmp (entry.function, {known.function})))
      path = entry.file(numel (folder)+2:end);
      [found, problem] = look_at (entry.function, path, ".oct");
      functions = [functions, found];
      problems = [problems, problem];
    endif
  endfor

endfunction

function yes = is_function_file (extension)

  yes = any (strcmp (extension, {".m", ".oct", ".mex"}));

endfunction

function [found, problem] = look_at (name, path, extension)

  found = [];
  problem = [];
  try
    found = struct ("name", name, "file", path, ...
                    "nargin", nargin (name), "nargout", nargout (name), ...
                    "inputs", {{}}, "outputs", {{}}, "help", "");
  catch err
    ## Octave says so of a file that holds a script or a class, and of every
    ## compiled function once it is loaded.
    if (isempty (strfind (err.message, "number of input arguments unavailable")))
      problem = parse_problem (path, err.message);
    elseif (! strcmp (extension, ".m"))
      found = struct ("name", name, "file", path, ...
                      "nargin", -1, "nargout", -1, ...
                      "inputs", {{}}, "outputs", {{}}, "help", "");
    endif
  end_try_catch

endfunction

## What is not known of a function keeps nobody from calling it, so no failure
## here is a problem of the bundle.

function found = described (folder, found)

  files = cellfun (@(file) fullfile (folder, file), {found.file}, ...
                   "UniformOutput", false);
  is_text = ! cellfun ("isempty", regexp (files, '\.m$'));
  for i = 1:numel (found)
    if (is_text(i))
      [found(i).inputs, found(i).outputs] = ...
        names_of (files{i}, found(i).nargin, found(i).nargout);
    else
      [found(i).inputs, found(i).outputs] = deal ({"varargin"}, {"varargout"});
    endif
  endfor
  try
    texts = ops_plain_help (files(is_text));
    [found(is_text).help] = texts{:};
  catch err
    fprintf (stderr, "ops worker: no help texts: %s\n", err.message);
  end_try_catch

endfunction

function [inputs, outputs] = names_of (file, in, out)

  try
    [inputs, outputs] = ops_header (file);
    known = (count_of (inputs, "varargin") == in
             && count_of (outputs, "varargout") == out);
  catch err
    fprintf (stderr, "ops worker: no names of arguments: %s\n", err.message);
    known = false;
  end_try_catch
  if (! known)
    inputs = {"varargin"};
    outputs = {"varargout"};
  endif

endfunction

## What nargin and nargout answer for a function with these arguments.

function count = count_of (names, rest)

  count = numel (names);
  if (count > 0 && strcmp (names{end}, rest))
    count = -count;
  endif

endfunction

function problems = parse_all (folder, below, problems)

  for entry = reshape (dir (fullfile (folder, below, "*.m")), 1, [])
    path = [below, entry.name];
    try
      __parse_file__ (fullfile (folder, path));
    catch err
      ## A class in private/ whose superclass is there too parses well, but
      ## nobody finds its superclass from here.
      if (strncmp (err.message, "parse error", 11))
        problems = [problems, parse_problem(path, err.message)];
      endif
    end_try_catch
  endfor

endfunction

function problem = parse_problem (path, message)

  problem = struct ("file", path, "line", 0, "message", message);
  [where, rest] = regexp (message, '^parse error near line (\d+) of file [^\n]*', ...
                          "tokens", "split", "once");
  if (! isempty (where))
    problem.line = str2double (where{1});
    problem.message = strtrim (rest{2});
  endif

endfunction

%!function [functions, problems] = inspect_files (varargin)
%!  folder = tempname ();
%!  parts = {};
%!  if (strcmp (varargin{end-1}, "/parts"))
%!    parts = varargin{end};
%!    varargin = varargin(1:end-2);
%!  endif
%!  for i = 1:2:numel (varargin)
%!    file = fullfile (folder, varargin{i});
%!    [~, ~] = mkdir (fileparts (file));
%!    fid = fopen (file, "w");
%!    fputs (fid, varargin{i+1});
%!    fclose (fid);
%!  endfor
%!  asks = confirm_recursive_rmdir (false);
%!  unwind_protect
%!    [functions, problems] = ops_inspect (folder, parts{:});
%!  unwind_protect_cleanup
%!    for one = strsplit (path (), pathsep ())
%!      if (strncmp (folder, one{1}, numel (folder)))
%!        rmpath (one{1});
%!      endif
%!    endfor
%!    rmdir (folder, "s");
%!    confirm_recursive_rmdir (asks);
%!  end_unwind_protect
%!endfunction

%!test # functions and those of packages; no scripts, no private ones
%! [functions, problems] = inspect_files ( ...
%!   "two.m", "function [a, b] = two (x)\na = x; b = x;\nend\n", ...
%!   "many.m", "function varargout = many (x, varargin)\nend\n", ...
%!   "+geo/area.m", "function r = area (x)\nr = x;\nend\n", ...
%!   "private/hidden.m", "function hidden ()\nend\n", ...
%!   "script.m", "x = 1;\n");
%! assert ({functions.name}, {"geo.area", "many", "two"});
%! assert ({functions.file}, {"+geo/area.m", "many.m", "two.m"});
%! assert ([functions.nargin], [1, -2, 1]);
%! assert ([functions.nargout], [1, -1, 2]);
%! assert ({functions.inputs}, {{"x"}, {"x", "varargin"}, {"x"}});
%! assert ({functions.outputs}, {{"r"}, {"varargout"}, {"a", "b"}});
%! assert (isempty (problems));
%!test # every file that does not parse, with its line
%! [functions, problems] = inspect_files ( ...
%!   "bad.m", "function bad ()\n  y = ;\nend\n", ...
%!   "private/worse.m", "function worse (\n");
%! assert (isempty (functions));
%! assert ({problems.file}, {"bad.m", "private/worse.m"});
%! assert (problems(1).line, 2);
%! assert (regexp (problems(1).message, "^syntax error"), 1);
%!test # a private class whose superclass is private too
%! [functions, problems] = inspect_files ( ...
%!   "private/low.m", "classdef low < top\nend\n", ...
%!   "private/top.m", "classdef top\nend\n", "f.m", "function f ()\nend\n");
%! assert (isempty (problems));
%!test # what hides a function that the worker needs is never loaded
%! [functions, problems] = inspect_files ( ...
%!   "typecast.m", "function r = typecast (x, c)\nr = x;\nend\n", ...
%!   "fine.m", "function r = fine ()\nr = 1;\nend\n");
%! assert (isempty (functions));
%! assert ({problems.file}, {"typecast.m"});
%! assert (regexp (problems.message, "hides Octave's own function typecast"), 1);
%!test # help texts, also of package functions
%! functions = inspect_files ( ...
%!   "+geo/+flat/area.m", "function r = area (x)\n% Area of X.\nr = x;\nend\n", ...
%!   "bare.m", "function bare ()\nend\n");
%! assert ({functions.name}, {"geo.flat.area", "bare"});
%! assert (strtrim (functions(1).help), "Area of X.");
%! assert (functions(2).help, "");
%! assert (functions(2).inputs, cell (1, 0));
%!test # a function that hides what only help texts need is described without
%! functions = inspect_files ( ...
%!   "texi_macros_file.m", "function texi_macros_file ()\nerror (\"no\");\nend\n", ...
%!   "f.m", "## -*- texinfo -*-\n## @code{x}\nfunction f (a)\nend\n");
%! assert ({functions.help}, {"", ""});
%! assert (functions(1).inputs, {"a"});
%!test # a function whose names cannot be told has any number of arguments
%! functions = inspect_files ( ...
%!   "odd.m", ["function r = odd (a = \"]\\n)\\n\\\\n\", b)\n", "r = a;\nend\n"]);
%! assert (functions.inputs, {"varargin"});
%! assert (functions.outputs, {"varargout"});
%!test # of two folders on the path, the first one's function counts
%! [functions, problems] = inspect_files ( ...
%!   "f.m", "function f (a, b)\nend\n", "g.m", "function g ()\nend\n", ...
%!   "arch/f.m", "function f (a)\nend\n", "/parts", {"arch", ""});
%! assert (isempty (problems));
%! assert ({functions.name}, {"f", "g"});
%! assert ({functions.file}, {"arch/f.m", "g.m"});
%! assert (functions(1).inputs, {"a"});
%!test # what cannot be loaded is no compiled function
%! [functions, problems] = inspect_files ( ...
%!   "broken.oct", "this is no library\n", "g.m", "function g ()\nend\n");
%! assert ({problems.file}, {"broken.oct"});
%! assert (isempty (strfind (problems.message, "this is no")));
%!error <Invalid call> ops_inspect ()
