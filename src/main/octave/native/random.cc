// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random.h"

#include <random>

#include <octave/oct-rand.h>
#include <octave/uint32NDArray.h>

namespace ops
{
  // As much as the system's own generators are begun with.
  static const int seed_words = 16;

  void reseed ()
  {
    std::random_device system;
    for (const char *generator : { "uniform", "normal", "exponential",
                                   "poisson", "gamma" })
      {
        uint32NDArray seed (dim_vector (seed_words, 1));
        for (int i = 0; i < seed_words; i++)
          seed(i) = system ();
        octave::rand::state (seed, generator);
      }
  }
}
