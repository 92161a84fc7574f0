## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## refuse_text (CALLER, IS_TEMPLATE)
##
## Throw what is to be thrown at a text that is none.

function refuse_text (caller, is_template)

  names = {"MESSAGE", "TEMPLATE"};
  error (["ops:", caller], "ops.%s: %s must be a text of one row", caller, ...
         names{1 + is_template});

endfunction

%!error <ops.f: MESSAGE must be a text of one row> ops.internal.refuse_text ("f", false)
%!error <ops.f: TEMPLATE must be a text of one row> ops.internal.refuse_text ("f", true)
