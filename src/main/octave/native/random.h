// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#ifndef OPS_RANDOM_H
#define OPS_RANDOM_H

namespace ops
{
  // Begin the random streams of all generators anew, each from bytes of the
  // system that nobody else has got: those of a forked worker are copies, and
  // all copies would draw the same numbers.
  void reseed ();
}

#endif
