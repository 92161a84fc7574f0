// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Stopping the statement that runs.

#ifndef OPS_INTERRUPT_H
#define OPS_INTERRUPT_H

namespace ops
{
  // Have the signal of an interrupt taken by this process.  To be called in
  // each process before its first call.
  void take_interrupts ();

  // While one of these lives, an interrupt has Octave throw an
  // interrupt_exception as soon as it looks; at any other time it does nothing.
  class interruptible
  {
  public:
    interruptible ();
    ~interruptible ();

    interruptible (const interruptible&) = delete;
    interruptible& operator = (const interruptible&) = delete;
  };
}

#endif
