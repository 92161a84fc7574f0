// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a call may leave behind.

#ifndef OPS_STATE_H
#define OPS_STATE_H

#include <string>

#include "octave_side.h"

namespace ops
{
  // Everything that restore_state.m looks at, as one text: when it is the same
  // before and after a call, there is nothing to undo.  Looking in C++ costs a
  // tenth of looking in Octave's language.
  std::string state_of (octave_side& octave);
}

#endif
