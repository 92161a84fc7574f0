## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## -*- texinfo -*-
## @deftypefn {} {} ops_build_native (@var{source}, @var{folder})
## Compile the C++ files in the directory @var{source} to
## @file{ops_native.oct} in the directory @var{folder}, and try whether it can
## be loaded.
##
## This Octave's own @command{mkoctfile} does it; what that prints is printed.
##
## Throws @code{ops:buildToolsMissing} when this machine has no tools for it,
## naming them, and @code{ops:buildFailed} when it does not compile or load.
## @end deftypefn

function ops_build_native (source, folder)

  if (nargin != 2 || ! ischar (source) || ! ischar (folder))
    print_usage ();
  endif
  require_tools ();
  files = glob (fullfile (source, "*.cc"));
  module = fullfile (folder, "ops_native.oct");
  [output, status] = mkoctfile ("-O2", "-s", "-o", module, files{:});
  puts (output);
  if (status != 0 || ! isfile (module))
    error ("ops:buildFailed", "it does not compile");
  endif
  addpath (folder);
  try
    ops_native ();
  catch err
    ## It says that its argument is missing: it was loaded.
    if (! strcmp (err.identifier, "Octave:invalid-fun-call"))
      error ("ops:buildFailed", "it does not load: %s", err.message);
    endif
  end_try_catch

endfunction

function require_tools ()

  builder = fullfile (__octave_config_info__ ("bindir"), "mkoctfile");
  if (! exist (builder, "file"))
    error ("ops:buildToolsMissing", "mkoctfile");
  endif
  compiler = strtok (mkoctfile ("-p", "CXX"));
  if (system (sprintf ("command -v '%s' >/dev/null 2>&1", compiler)) != 0)
    error ("ops:buildToolsMissing", "%s", compiler);
  endif

endfunction

%!test # what the compiler says is printed, and no module is left
%! folder = tempname ();
%! asks = confirm_recursive_rmdir (false);
%! unwind_protect
%!   mkdir (folder);
%!   fid = fopen (fullfile (folder, "wrong.cc"), "w");
%!   fputs (fid, "#error no such thing\n");
%!   fclose (fid);
%!   text = evalc (["try, ops_build_native (folder, folder);", ...
%!                  "catch err, puts (err.identifier); end"]);
%!   assert (! isempty (strfind (text, "ops:build")));
%!   assert (! isfile (fullfile (folder, "ops_native.oct")));
%! unwind_protect_cleanup
%!   rmdir (folder, "s");
%!   confirm_recursive_rmdir (asks);
%! end_unwind_protect
%!error <Invalid call> ops_build_native ("x")
