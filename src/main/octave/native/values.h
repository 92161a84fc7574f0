// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Octave's values in the form of docs/worker-protocol.md, section 7.  Does
// what decode_values.m and encode_values.m do.

#ifndef OPS_VALUES_H
#define OPS_VALUES_H

#include <octave/oct.h>

#include "octave_side.h"
#include "wire.h"

namespace ops
{
  // Read COUNT values.
  Cell decode_values (reader& from, std::uint32_t count,
                      octave_side& octave);

  // Append VALUES.  Throws Octave's error ops:noEncoding for what has none.
  void encode_values (message& into, const Cell& values,
                      octave_side& octave);
}

#endif
