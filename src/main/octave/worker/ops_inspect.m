## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {[@var{functions}, @var{problems}] =} ops_inspect (@var{folder})
## Put @var{folder} on the path and say what it offers to callers.
##
## @var{functions} is a struct array with the fields @code{name} (package
## functions with their package), @code{file} (relative to @var{folder}),
## @code{nargin} and @code{nargout}, as Octave itself answers them,
## @code{inputs} and @code{outputs} with the names of the arguments (only
## @code{varargin} and @code{varargout} when Octave does not tell them), and
## @code{help}, as plain text where possible.  Scripts, classes, private
## functions and methods are left out.
##
## @var{problems} is a struct array with the fields @code{file}, @code{line}
## (0 when not known) and @code{message}, one for each file that does not
## parse, private functions and methods included, or one for each that hides a
## function of Octave that the worker itself needs: such a folder is not put
## on the path at all.
## @end deftypefn

function [functions, problems] = ops_inspect (folder)

  if (nargin != 1 || ! ischar (folder))
    print_usage ();
  endif
  functions = struct ("name", {}, "file", {}, "nargin", {}, "nargout", {}, ...
                      "inputs", {}, "outputs", {}, "help", {});
  problems = hidden_functions (folder);
  if (isempty (problems))
    addpath (folder);
    [functions, problems] = look_into (folder, "", "", functions, problems);
    if (isempty (problems) && ! isempty (functions))
      functions = described (folder, functions);
    endif
  endif

endfunction

function problems = hidden_functions (folder)

  problems = struct ("file", {}, "line", {}, "message", {});
  needed = needed_functions ();
  for entry = reshape (dir (fullfile (folder, "*.m")), 1, [])
    name = entry.name(1:end-2);
    if (any (strcmp (name, needed)))
      problems(end+1) = struct ("file", entry.name, "line", 0, "message", ...
        sprintf (["hides Octave's own function %s, which the worker needs", ...
                  "; give it another name or put it into a package"], name));
    endif
  endfor

endfunction

function [functions, problems] = look_into (folder, below, package, ...
                                            functions, problems)

  entries = dir (fullfile (folder, below));
  [~, order] = sort ({entries.name});
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
    elseif (regexp (entry.name, '^[A-Za-z_]\w*\.m$'))
      name = [package, entry.name(1:end-2)];
      [found, problem] = look_at (name, path);
      functions = [functions, found];
      problems = [problems, problem];
    endif
  endfor

endfunction

function [found, problem] = look_at (name, path)

  found = [];
  problem = [];
  try
    found = struct ("name", name, "file", path, ...
                    "nargin", nargin (name), "nargout", nargout (name), ...
                    "inputs", {{}}, "outputs", {{}}, "help", "");
  catch err
    ## Octave says so of a file that holds a script or a class.
    if (isempty (strfind (err.message, "number of input arguments unavailable")))
      problem = parse_problem (path, err.message);
    endif
  end_try_catch

endfunction

## What is not known of a function keeps nobody from calling it, so no failure
## here is a problem of the bundle.

function found = described (folder, found)

  files = cellfun (@(file) fullfile (folder, file), {found.file}, ...
                   "UniformOutput", false);
  for i = 1:numel (found)
    [found(i).inputs, found(i).outputs] = ...
      names_of (files{i}, found(i).nargin, found(i).nargout);
  endfor
  try
    texts = ops_plain_help (files);
    [found.help] = texts{:};
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
      problems = [problems, parse_problem(path, err.message)];
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
%!  for i = 1:2:numel (varargin)
%!    path = fullfile (folder, varargin{i});
%!    [~, ~] = mkdir (fileparts (path));
%!    fid = fopen (path, "w");
%!    fputs (fid, varargin{i+1});
%!    fclose (fid);
%!  endfor
%!  asks = confirm_recursive_rmdir (false);
%!  unwind_protect
%!    [functions, problems] = ops_inspect (folder);
%!  unwind_protect_cleanup
%!    if (any (strcmp (folder, strsplit (path (), pathsep ()))))
%!      rmpath (folder);
%!    endif
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
%!error <Invalid call> ops_inspect ()
