## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## [VALUES, NEXT] = decode_values (BYTES, POS, COUNT)
##
## COUNT values that begin at POS, in a row cell array, and the position
## behind them.  The layout is that of docs/worker-protocol.md.

function [values, next] = decode_values (bytes, pos, count)

  values = cell (1, count);
  for i = 1:count
    [values{i}, pos] = decode_value (bytes, pos);
  endfor
  next = pos;

endfunction

function [x, next] = decode_value (bytes, pos)

  persistent classes = {"double", "single", "int8", "uint8", "int16", ...
                        "uint16", "int32", "uint32", "int64", "uint64"};
  persistent sizes = [8, 4, 1, 1, 2, 2, 4, 4, 8, 8];

  head = double (typecast (bytes(pos:pos+7), "uint16"));
  tag = head(1);
  pos += 8;
  next = pos + 8 * head(3);
  extents = double (typecast (bytes(pos:next-1), "uint64"));
  count = prod (extents);

  switch (tag)
    case {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
      pos = next;
      next = pos + sizes(tag) * count * (1 + head(2));
      x = typecast (bytes(pos:next-1), classes{tag});
      if (head(2))
        ## complex last: reshape would make it real if the parts allow
        x = complex (reshape (x(1:2:end), extents), ...
                     reshape (x(2:2:end), extents));
      else
        x = reshape (x, extents);
      endif
    case 11
      pos = next;
      next = pos + count;
      x = reshape (logical (bytes(pos:next-1)), extents);
    case 12
      pos = next;
      next = pos + count;
      x = reshape (char (bytes(pos:next-1)), extents);
    case 13
      [cells, next] = decode_values (bytes, next, count);
      x = reshape (cells, extents);
    case 14
      [x, next] = decode_struct (bytes, next, extents);
    case {15, 16}
      [x, next] = decode_sparse (bytes, next, extents, tag, head(2));
    case 17
      [text, next] = decode_text (bytes, next);
      x = str2func (text);
    otherwise
      error ("a value has no kind %d", tag);
  endswitch

endfunction

function [x, next] = decode_struct (bytes, pos, extents)

  width = double (typecast (bytes(pos:pos+3), "uint32"));
  pos += 4;
  names = cell (width, 1);
  for i = 1:width
    [names{i}, pos] = decode_text (bytes, pos);
  endfor
  count = prod (extents);
  if (width == 0)
    x = repmat (struct (), extents);
    next = pos;
  else
    [values, next] = decode_values (bytes, pos, count * width);
    x = cell2struct (reshape (values, count, width), names, 2);
    x = reshape (x, extents);
  endif

endfunction

function [x, next] = decode_sparse (bytes, pos, extents, tag, is_complex)

  stored = double (typecast (bytes(pos:pos+7), "uint64"));
  pos += 8;
  next = pos + 16 * stored;
  places = double (typecast (bytes(pos:next-1), "uint64")) + 1;
  pos = next;
  if (tag == 16)
    next = pos + stored;
    v = logical (bytes(pos:next-1));
  else
    next = pos + 8 * stored * (1 + is_complex);
    v = typecast (bytes(pos:next-1), "double");
    if (is_complex)
      v = complex (v(1:2:end), v(2:2:end));
    endif
  endif
  x = sparse (places(1:stored), places(stored+1:end), v, ...
              extents(1), extents(2));
  if (is_complex && ! iscomplex (x))
    ## sparse made it real because the imaginary parts allow
    x = complex (x);
  endif

endfunction
