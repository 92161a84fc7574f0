## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## HOME = restore_state (HOME)
##
## Undo what a call may have left behind in a warm worker: figures, working
## directory, path, open files, states of warnings, how values are printed, the
## last error and warning; random streams begin anew if the server wants that.
## Variables that functions keep (persistent, global) live on: caching is a
## feature.  The answer is what to bring back after the next call.  Throws when
## it is not as it was: nothing may follow in this process.

function home = restore_state (home)

  refuse_stand_ins ();
  [home, changed] = undo (home);
  if (changed)
    refuse_stand_ins ();
    [home, changed] = undo (home);
    if (changed)
      error ("what a call has left behind cannot be undone");
    endif
  endif
  lasterr ("", "");
  lastwarn ("", "");
  if (home.reseeds)
    reseed ();
  endif

endfunction

## A function that user code has defined in a text that it evaluated comes before
## all others of its name.  With one of these nobody could tell what is left.

function refuse_stand_ins ()

  for name = {"exist", "pwd", "path", "fopen", "strcmp", "warning"}
    if (exist (name{1}) == 103)
      error ("a call has defined a function %s", name{1});
    endif
  endfor

endfunction

## Each is looked at first, because undoing costs more than looking.  Figures
## come first: user code may want something done at their end.

function [home, changed] = undo (home)

  changed = false;
  if (! isempty (__go_figure_handles__ (true)))
    changed = true;
    close_figures ();
  endif
  if (! isequal (get (0, "default"), home.defaults))
    changed = true;
    restore_defaults (home.defaults);
  endif
  if (! strcmp (pwd (), home.folder))
    changed = true;
    cd (home.folder);
  endif
  if (! strcmp (path (), home.path))
    changed = true;
    path (home.path);
  endif
  files = fopen ("all");          # a row
  for file = files(files != home.files(1) & files != home.files(2))
    changed = true;
    fclose (file);
  endfor
  if (! strcmp (warning_text (warning ()), home.warning_text))
    changed = true;
    home.warning_text = restore_warnings (home.warnings);
  endif
  [shown, texts] = shown_state ();
  if (any (shown != home.shown) || ! all (strcmp (texts, home.format)))
    changed = true;
    show_as (home.shown, home.format);
  endif

endfunction

## Hidden ones too, and without what user code wants done at their end, which
## may make new ones.

function close_figures ()

  for attempt = 1:10
    figures = __go_figure_handles__ (true);
    if (isempty (figures))
      return;
    endif
    parts = __go_handles__ (true);
    set (parts(parts != 0), "deletefcn", []);
    set (figures, "closerequestfcn", []);
    close (figures, "force");
  endfor

endfunction

function restore_defaults (defaults)

  for name = fieldnames (get (0, "default")).'
    set (0, name{1}, "remove");
  endfor
  for [value, name] = defaults
    set (0, name, value);
  endfor

endfunction

## What a call has named anew stays named: it gets the state that it had, which
## is that of all.

function text = restore_warnings (states)

  warning (states);
  known = {states.identifier};
  usual = states(strcmp (known, "all")).state;
  for one = {warning().identifier}
    if (! any (strcmp (one{1}, known)))
      warning (usual, one{1});
    endif
  endfor
  text = warning_text (warning ());

endfunction
