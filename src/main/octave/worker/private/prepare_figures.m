## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## prepare_figures ()
##
## Have functions draw without a screen: figures are not visible, and nothing
## starts to show them.  Without a program that draws, figures can be made all
## the same, as long as nobody wants to see them.

function prepare_figures ()

  set (0, "defaultfigurevisible", "off");
  warning ("off", "Octave:gnuplot-graphics");
  if (isempty (available_graphics_toolkits ()))
    register_graphics_toolkit ("gnuplot");
    pretend_gnuplot ();
  endif

endfunction

## Octave asks gnuplot once for its version, and fails without an answer.
## Nothing else is asked of it as long as no figure is visible.  Afterwards it is
## "true", by which figures_payload knows that there is none.

function pretend_gnuplot ()

  file = tempname ();
  fid = fopen (file, "w");
  fputs (fid, "#!/bin/sh\necho gnuplot 5.4 patchlevel 0\n");
  fclose (fid);
  system (["chmod 700 '", file, "'"]);
  gnuplot_binary (file);
  graphics_toolkit ("gnuplot");
  gnuplot_binary ("true");
  unlink (file);

endfunction
