## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## load_folders (FOLDERS)
##
## Put FOLDERS on the path, the first one first.  The last one is added first:
## what a folder's PKG_ADD needs of those behind it is there then.

function load_folders (folders)

  for i = numel (folders):-1:1
    addpath (folders{i});
  endfor

endfunction
