## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = figures_payload (FORMAT)
##
## The payload of FIGURES: the figures that are open, each drawn in FORMAT (1 is
## PNG, 2 SVG) or with the reason why it could not be.  Empty when none is open.
## Those that user code hides (handlevisibility) are not among them.

function payload = figures_payload (format)

  payload = [];
  figures = sort (get (0, "children"));
  if (isempty (figures))
    return;
  endif
  parts = cell (1, numel (figures));
  for i = 1:numel (figures)
    parts{i} = encode_figure (figures(i), format);
  endfor
  payload = [typecast(uint32 ([format, numel(figures)]), "uint8"), parts{:}];

endfunction

function bytes = encode_figure (one, format)

  picture = "";
  problem = "";
  try
    picture = drawn (one, format);
  catch err
    problem = err.message;
  end_try_catch
  number = get (one, "number");
  if (isempty (number))
    number = 0;
  endif
  bytes = [typecast(uint32 (number), "uint8"), ...
           encode_text(get (one, "name")), encode_text(problem), ...
           encode_text(picture)];

endfunction

## As large as the figure is on paper; 150 pixels are an inch, or 72 units of SVG.

function picture = drawn (one, format)

  if (strcmp (gnuplot_binary (), "true"))
    error (["there is no gnuplot to draw it; install gnuplot-nox and ", ...
            "fonts-freefont-otf, and restart the server"]);
  endif
  if (! strcmp (get (one, "__graphics_toolkit__"), "gnuplot"))
    graphics_toolkit (one, "gnuplot");
  endif
  set (one, "paperunits", "inches");
  inches = get (one, "paperposition")(3:4);
  dots = [150, 72](format);
  terminal = {"pngcairo", "svg"}{format};
  terminal = sprintf ("%s size %d,%d", terminal, round (inches * dots));
  if (format == 1)
    terminal = sprintf ("%s fontscale %g linewidth %g", terminal, dots / 72, ...
                        dots / 72);
  endif
  file = tempname ();
  unwind_protect
    set (0, "currentfigure", one);
    drawnow (terminal, file);
    picture = contents (file);
  unwind_protect_cleanup
    if (exist (file, "file"))
      unlink (file);
    endif
  end_unwind_protect

endfunction

function picture = contents (file)

  [fid, message] = fopen (file, "r");
  if (fid < 0)
    error ("gnuplot drew nothing: %s", message);
  endif
  picture = fread (fid, Inf, "uint8=>char").';
  fclose (fid);
  if (isempty (picture))
    error ("gnuplot drew nothing");
  endif

endfunction
