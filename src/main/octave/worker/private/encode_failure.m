## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = encode_failure (REASON, MESSAGE, IDENTIFIER, STACK)
##
## Why a request has no result.  REASON is 0 when the function threw, 1 when
## the worker could not do what it was asked, 2 when an output has no encoding.
## The stack comes without the frames of this directory and of Octave's own
## functions, and of the package's only with those that code may call.

function payload = encode_failure (reason, message, identifier = "", ...
                                   stack = [])

  frames = user_frames (stack);
  parts = cell (1, numel (frames));
  for i = 1:numel (frames)
    where = [frames(i).line, frames(i).column];
    where(where < 0 | isnan (where)) = 0;
    parts{i} = [encode_text(frames(i).file), encode_text(frames(i).name), ...
                typecast(uint32 (where), "uint8")];
  endfor
  payload = [typecast(uint32 (reason), "uint8"), encode_text(identifier), ...
             encode_text(message), ...
             typecast(uint32 (numel (frames)), "uint8"), parts{:}];

endfunction

function frames = user_frames (stack)

  frames = struct ("file", {}, "name", {}, "line", {}, "column", {});
  if (isempty (stack))
    return;
  endif
  here = fileparts (fileparts (mfilename ("fullpath")));
  ours = [here, filesep()];
  octaves = [fullfile(OCTAVE_HOME (), "share", "octave", OCTAVE_VERSION (), "m"), ...
             filesep()];
  stack = stack(! strncmp ({stack.file}, ours, numel (ours))
                & ! strncmp ({stack.file}, octaves, numel (octaves)));
  package = [fullfile(fileparts (here), "package", "inst"), filesep()];
  frames = stack([]);
  for frame = reshape (stack, 1, [])
    if (strncmp (frame.file, package, numel (package)))
      ## Where the package lies is nobody's business.
      frame.file = frame.file(numel (package)+1:end);
      if (! isempty (strfind (frame.file, [filesep(), "+internal", filesep()])))
        continue;
      endif
    endif
    frames(end+1) = frame;
  endfor

endfunction
