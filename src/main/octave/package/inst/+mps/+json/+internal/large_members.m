## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## MEMBERS = large_members (TAPE, PLACE)
##
## Where the members of large notation stand in an object, 0 for those that do
## not.  Members of other names (such as mwmetadata) are ignored.

function members = large_members (tape, place)

  members = struct ("mwdata", 0, "mwsize", 0, "mwtype", 0, "mwcomplex", 0);
  names = mps.json.internal.names_in (tape, place);
  sizes = tape.last(names) - tape.first(names) - 1;
  names = names(sizes == 6 | sizes == 9 | tape.escaped(names));
  for at = names
    if (tape.escaped(at))
      name = mps.json.internal.string_bytes (tape, at);
    else
      name = tape.text(tape.first(at)+1:tape.last(at)-1);
    endif
    switch (name)
      case {"mwdata", "mwsize", "mwtype", "mwcomplex"}
        if (members.(name))
          mps.json.internal.refuse (tape, at + 1, "the member stands twice");
        endif
        members.(name) = at + 1;
    endswitch
  endfor

endfunction
