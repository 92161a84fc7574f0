## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## BYTES = encode_values (VALUES)
##
## The values of a cell array one behind the other, as docs/worker-protocol.md
## lays them out: a row of uint8.  Throws ops:noEncoding for what has none.
## LEVEL is how many cell arrays and structs stand around them.

function bytes = encode_values (values, level = 0)

  parts = cell (1, numel (values));
  for i = 1:numel (values)
    parts{i} = encode_value (values{i}, level);
  endfor
  bytes = [zeros(1, 0, "uint8"), parts{:}];

endfunction

function bytes = encode_value (x, level)

  problem = limit_problem (x, level);
  if (! isempty (problem))
    error ("ops:noEncoding", "%s", problem);
  endif

  switch (class (x))
    case "double"
      if (issparse (x))
        bytes = encode_sparse (x, 15);
      else
        bytes = encode_numbers (x, 1);
      endif
    case "single"
      bytes = encode_numbers (x, 2);
    case "char"
      bytes = [header(x, 12, 0), uint8(row (x))];
    case "logical"
      if (issparse (x))
        bytes = encode_sparse (x, 16);
      else
        bytes = [header(x, 11, 0), uint8(row (x))];
      endif
    case "cell"
      bytes = [header(x, 13, 0), encode_values(x, level + 1)];
    case "struct"
      bytes = encode_struct (x, level + 1);
    case "int8"
      bytes = encode_numbers (x, 3);
    case "uint8"
      bytes = encode_numbers (x, 4);
    case "int16"
      bytes = encode_numbers (x, 5);
    case "uint16"
      bytes = encode_numbers (x, 6);
    case "int32"
      bytes = encode_numbers (x, 7);
    case "uint32"
      bytes = encode_numbers (x, 8);
    case "int64"
      bytes = encode_numbers (x, 9);
    case "uint64"
      bytes = encode_numbers (x, 10);
    case "function_handle"
      bytes = [header(x, 17, 0), encode_text(func2str (x))];
    otherwise
      error ("ops:noEncoding", "a value of class %s has no encoding", ...
             class (x));
  endswitch

endfunction

function bytes = header (x, tag, flags)

  extents = size (x);
  bytes = [typecast(uint16 ([tag, flags, numel(extents), 0]), "uint8"), ...
           typecast(uint64 (extents), "uint8")];

endfunction

function r = row (x)

  r = reshape (x, 1, numel (x));

endfunction

function bytes = encode_numbers (x, tag)

  if (iscomplex (x))
    ## typecast would drop the imaginary parts without a word, and full the
    ## signs of zeros among them
    bytes = [header(x, tag, 1), ...
             typecast(row ([row(full (real (x))); row(full (imag (x)))]), ...
                      "uint8")];
  else
    bytes = [header(x, tag, 0), typecast(row (full (x)), "uint8")];
  endif

endfunction

function bytes = encode_struct (x, level)

  names = fieldnames (x);
  texts = cell (1, numel (names));
  values = cell (1, numel (names));
  for i = 1:numel (names)
    texts{i} = encode_text (names{i});
    values{i} = encode_values ({x.(names{i})}, level);
  endfor
  bytes = [header(x, 14, 0), typecast(uint32 (numel (names)), "uint8"), ...
           texts{:}, values{:}];

endfunction

function bytes = encode_sparse (x, tag)

  [i, j, v] = find (x);
  places = typecast (uint64 ([row(i) - 1, row(j) - 1]), "uint8");
  if (tag == 16)
    stored = uint8 (row (v));
    flags = 0;
  elseif (iscomplex (x))
    stored = typecast (row ([row(real (v)); row(imag (v))]), "uint8");
    flags = 1;
  else
    stored = typecast (row (v), "uint8");
    flags = 0;
  endif
  bytes = [header(x, tag, flags), typecast(uint64 (numel (v)), "uint8"), ...
           places, stored];

endfunction
