## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {[@var{folder}, @var{arch}] =} ops_install (@var{source}, @var{prefix})
## Install the unpacked package in @var{source} below @var{prefix}.
##
## Octave's own @code{pkg} does it, with a list of packages of its own:
## @command{configure} and @command{make} run in @var{source}, which is changed
## by that, and so do the package's @code{pre_install} and
## @code{post_install}.  Dependencies are not looked at.
##
## There is no @file{doc-cache}, the index of @code{lookfor}.
##
## @var{folder} is the directory of the package in @var{prefix}, @var{arch} the
## one in @var{folder} of what was compiled, or empty.
##
## Throws @code{ops:buildToolsMissing} when the package has something to be
## compiled and this machine has no tools for it, naming them.
## @end deftypefn

function [folder, arch] = ops_install (source, prefix)

  if (nargin != 2 || ! ischar (source) || ! ischar (prefix))
    print_usage ();
  endif
  require_tools (fullfile (source, "src"));
  ## pkg makes as many jobs of make as this says; a worker has few threads
  ## because of other workers, but a build should end soon.
  unsetenv ("OMP_NUM_THREADS");
  ## pkg has makeinfo run for each function to fill the index of lookfor, which
  ## takes minutes for a large package and is of no use to a server.
  makeinfo_program ("true");
  list = fullfile (prefix, "packages");
  pkg ("prefix", prefix, prefix);
  pkg ("local_list", list);
  pkg ("install", "-local", "-nodeps", "-verbose", source);
  installed = load (list).local_packages;
  if (isempty (installed))
    error ("ops:emptyPackage", ...
           "pkg: the package is empty: nothing was installed from its inst/ or src/");
  endif
  cellfun (@delete, find_files (installed{1}.dir, "doc-cache"));
  [~, name, rest] = fileparts (installed{1}.dir);
  folder = [name, rest];
  arch = [__octave_config_info__("canonical_host_type"), "-", ...
          __octave_config_info__("api_version")];
  if (! isfolder (fullfile (installed{1}.dir, arch)))
    arch = "";
  endif

endfunction

## An index without texts would hide from lookfor what it finds without one.

function files = find_files (folder, name)

  folders = strtrim (strsplit (genpath (folder), pathsep ()));
  files = fullfile (folders(! cellfun ("isempty", folders)), name);
  files = files(cellfun (@isfile, files));

endfunction

## pkg asks for mkoctfile as soon as there is a src/, whatever is in it.

function require_tools (src)

  if (! isfolder (src))
    return;
  endif
  missing = {};
  builder = fullfile (__octave_config_info__ ("bindir"), "mkoctfile");
  if (! exist (builder, "file"))
    missing{end+1} = "mkoctfile";
  endif
  builds = isfile (fullfile (src, "Makefile")) ...
           || isfile (fullfile (src, "configure"));
  if (builds)
    tools = {"make"};
    if (isempty (missing))
      tools{end+1} = strtok (mkoctfile ("-p", "CXX"));
    endif
    absent = cellfun (@is_absent, tools);
    missing = [missing, tools(absent)];
  endif
  if (! isempty (missing))
    error ("ops:buildToolsMissing", "%s", strjoin (missing, ", "));
  endif

endfunction

function yes = is_absent (tool)

  yes = system (sprintf ("command -v '%s' >/dev/null 2>&1", tool)) != 0;

endfunction

%!function write (folder, varargin)
%!  for i = 1:2:numel (varargin)
%!    path = fullfile (folder, varargin{i});
%!    [~, ~] = mkdir (fileparts (path));
%!    fid = fopen (path, "w");
%!    fputs (fid, varargin{i+1});
%!    fclose (fid);
%!  endfor
%!endfunction
%!function text = description ()
%!  text = ["Name: Tiny\nVersion: 1.2.0\nDate: 2026-01-01\nTitle: t\n", ...
%!          "Author: a\nMaintainer: m\nDescription: d\nCategories: c\n"];
%!endfunction
%!test # through pkg: what only pkg makes is there
%! folder = tempname ();
%! asks = confirm_recursive_rmdir (false);
%! unwind_protect
%!   source = fullfile (folder, "source");
%!   prefix = fullfile (folder, "prefix");
%!   write (source, "DESCRIPTION", description (), "COPYING", "GPL\n", ...
%!          "inst/one.m", "## PKG_ADD: 1;\nfunction r = one ()\nr = 1;\nend\n");
%!   mkdir (prefix);
%!   evalc ("[name, arch] = ops_install (source, prefix);");
%!   assert (name, "tiny-1.2.0");
%!   assert (arch, "");
%!   assert (isfile (fullfile (prefix, name, "one.m")));
%!   assert (isfile (fullfile (prefix, name, "PKG_ADD")));
%!   assert (isfile (fullfile (prefix, name, "packinfo", "INDEX")));
%!   assert (! exist (fullfile (prefix, name, "doc-cache"), "file"));
%! unwind_protect_cleanup
%!   rmdir (folder, "s");
%!   confirm_recursive_rmdir (asks);
%! end_unwind_protect
%!error <Invalid call> ops_install ("x")
