## Copyright (C) 2026 The OPS developers
## SPDX-License-Identifier: GPL-3.0-or-later

## ANSWER = response_in (TAPE)
##
## What a response says: a row cell array of the outputs, or the error.

function answer = response_in (tape)

  outputs = 0;
  failure = 0;
  if (tape.kind(1) == "{")
    outputs = member (tape, 1, "lhs");
    failure = member (tape, 1, "error");
  endif
  if ((outputs > 0) == (failure > 0))
    mps.json.internal.refuse (tape, 1, ...
                              "expected an object with either lhs or error");
  elseif (failure)
    answer = error_at (tape, failure);
  else
    if (tape.kind(outputs) != "[")
      mps.json.internal.refuse_other (tape, outputs, "an array of the outputs");
    endif
    places = mps.json.internal.children (tape, outputs);
    answer = cell (1, numel (places));
    for i = 1:numel (places)
      answer{i} = mps.json.internal.value_at (tape, places(i), 0);
    endfor
  endif

endfunction

## Where the member of a name stands in an object, or 0.
function place = member (tape, object, name)

  names = mps.json.internal.names_in (tape, object);
  found = names(mps.json.internal.has_text (tape, names, name));
  place = 0;
  if (numel (found) > 1)
    mps.json.internal.refuse (tape, found(2) + 1, "the member stands twice");
  elseif (! isempty (found))
    place = found + 1;
  endif

endfunction

## The members that an error may have, in the order of the response.
function failure = error_at (tape, object)

  if (tape.kind(object) != "{")
    mps.json.internal.refuse_other (tape, object, "an object");
  endif
  failure = struct ();
  for at = mps.json.internal.names_in (tape, object)
    name = mps.json.internal.string_bytes (tape, at);
    switch (name)
      case {"type", "id", "messageId", "message"}
        failure.(name) = text_at (tape, at + 1);
      case "code"
        failure.code = number_at (tape, at + 1);
      case "stack"
        failure.stack = stack_at (tape, at + 1);
    endswitch
  endfor
  for needed = {"type", "message"}
    if (! isfield (failure, needed{1}))
      mps.json.internal.refuse (tape, object, [needed{1}, " is missing"]);
    endif
  endfor

endfunction

function stack = stack_at (tape, place)

  if (tape.kind(place) != "[")
    mps.json.internal.refuse_other (tape, place, "an array of frames");
  endif
  frames = mps.json.internal.children (tape, place);
  stack = repmat (struct ("file", "", "name", "", "line", 0), ...
                  numel (frames), 1);
  for i = 1:numel (frames)
    if (tape.kind(frames(i)) != "{")
      mps.json.internal.refuse_other (tape, frames(i), "an object");
    endif
    for name = {"file", "name"}
      at = member (tape, frames(i), name{1});
      if (at)
        stack(i).(name{1}) = text_at (tape, at);
      endif
    endfor
    at = member (tape, frames(i), "line");
    if (at)
      stack(i).line = number_at (tape, at);
    endif
  endfor

endfunction

function text = text_at (tape, place)

  if (tape.kind(place) != "s")
    mps.json.internal.refuse_other (tape, place, "a string");
  endif
  text = mps.json.internal.value_at (tape, place, 0);

endfunction

function number = number_at (tape, place)

  if (tape.kind(place) != "0")
    mps.json.internal.refuse_other (tape, place, "a number");
  endif
  number = tape.number(place);

endfunction
