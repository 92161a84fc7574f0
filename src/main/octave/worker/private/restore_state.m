## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## HOME = restore_state (HOME)
##
## Undo what a call may have left behind in a warm worker: working directory,
## path, open files, figures, states of warnings, how values are printed, the
## last error and warning; random streams begin anew if the server wants that.
## Variables that functions keep (persistent, global) live on: caching is a
## feature.  Each is looked at first, because undoing costs more than looking.
## The answer is what to bring back after the next call.

function home = restore_state (home)

  if (! strcmp (pwd (), home.folder))
    cd (home.folder);
  endif
  if (! strcmp (path (), home.path))
    path (home.path);
  endif
  files = fopen ("all");          # a row
  for file = files(files != home.files(1) & files != home.files(2))
    fclose (file);
  endfor
  if (! isempty (get (0, "children")))
    close ("all", "force");
  endif
  if (! strcmp (warning_text (warning ()), home.warning_text))
    home.warning_text = restore_warnings (home.warnings);
  endif
  [shown, texts] = shown_state ();
  if (any (shown != home.shown) || ! all (strcmp (texts, home.format)))
    show_as (home.shown, home.format);
  endif
  lasterr ("", "");
  lastwarn ("", "");
  if (home.reseeds)
    reseed ();
  endif

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
