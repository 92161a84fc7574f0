## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## is_real_number (VALUE)
##
## Whether VALUE is one real number, of whatever class.

function answer = is_real_number (value)

  answer = (isnumeric (value) || islogical (value)) && isscalar (value) ...
           && ! iscomplex (value);

endfunction

%!assert (prodserver.metrics.internal.is_real_number (uint8 (3)))
%!assert (prodserver.metrics.internal.is_real_number (true))
%!assert (prodserver.metrics.internal.is_real_number (sparse (2)))
%!assert (! prodserver.metrics.internal.is_real_number (1i))
%!assert (! prodserver.metrics.internal.is_real_number ([1, 2]))
%!assert (! prodserver.metrics.internal.is_real_number ({1}))
