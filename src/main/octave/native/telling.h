// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a call tells, and is told, while it runs.

#ifndef OPS_TELLING_H
#define OPS_TELLING_H

#include <cstdint>

#include <octave/interpreter.h>

#include "wire.h"

namespace ops
{
  // Have Octave know  ops_native_progress  and  ops_native_cancelled,  which do
  // what ops_progress.m and ops_cancelled.m do in the portable worker.
  void make_telling_functions (octave::interpreter& interp);

  // The file by which the server marks a call as cancelled is in HOME from now
  // on, whatever user code makes of that variable.
  void remember_home ();

  // As long as it lives, a call runs, and what it says of its progress is sent.
  class telling
  {
  public:
    telling (channel& to_server, std::uint64_t number);
    ~telling ();

    telling (const telling&) = delete;
    telling& operator = (const telling&) = delete;
  };
}

#endif
