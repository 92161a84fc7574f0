## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## PAYLOAD = encode_failure (REASON, MESSAGE, IDENTIFIER, STACK)
##
## Why a request has no result.  REASON is 0 when the function threw, 1 when
## the worker could not do what it was asked, 2 when an output has no encoding.
## The stack comes without the frames of this directory, of Octave's own
## functions and of what stands in their place, and of the package's only with those that code may call.

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
  ## Looking for them takes longer than all the rest.
  persistent place = places ();
  stack = stack(! strncmp ({stack.file}, place.ours, numel (place.ours))
                & ! strncmp ({stack.file}, place.octaves, numel (place.octaves))
                & ! strncmp ({stack.file}, place.stand_ins, numel (place.stand_ins)));
  frames = stack([]);
  for frame = reshape (stack, 1, [])
    if (strncmp (frame.file, place.package, numel (place.package)))
      ## Where the package lies is nobody's business.
      frame.file = frame.file(numel (place.package)+1:end);
      if (! isempty (strfind (frame.file, place.internal)))
        continue;
      endif
    endif
    frames(end+1) = frame;
  endfor

endfunction

## The directories of the functions whose frames are not a caller's.

function place = places ()

  here = fileparts (fileparts (mfilename ("fullpath")));
  octaves = fullfile (OCTAVE_HOME (), "share", "octave", OCTAVE_VERSION (), "m");
  package = fullfile (fileparts (here), "package", "inst");
  place.ours = [here, filesep()];
  place.octaves = [octaves, filesep()];
  place.stand_ins = [fullfile(fileparts (here), "stand-ins"), filesep()];
  place.package = [package, filesep()];
  place.internal = [filesep(), "+internal", filesep()];

endfunction
