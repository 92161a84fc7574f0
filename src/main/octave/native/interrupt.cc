// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interrupt.h"

#include <csignal>

#include <octave/quit.h>

namespace ops
{
  // A signal that is ignored where nobody takes it: one that comes too early or
  // meets a process that is no native worker does no harm.  Octave itself, which
  // has a thread for SIGINT that a fork does not copy, leaves it alone.
  static const int interrupt_signal = SIGURG;

  static volatile std::sig_atomic_t is_interruptible = 0;

  static void on_interrupt (int)
  {
    if (is_interruptible)
      {
        octave_interrupt_state = 1;
        octave_signal_caught = 1;
      }
  }

  // No SA_RESTART: a call of the system that waits is to end.
  void take_interrupts ()
  {
    struct sigaction action = {};
    action.sa_handler = on_interrupt;
    sigemptyset (&action.sa_mask);
    sigaction (interrupt_signal, &action, nullptr);
    sigset_t own;
    sigemptyset (&own);
    sigaddset (&own, interrupt_signal);
    sigprocmask (SIG_UNBLOCK, &own, nullptr);
  }

  interruptible::interruptible ()
  {
    is_interruptible = 1;
  }

  // An interrupt that nobody has noticed yet is none of the next call's.
  interruptible::~interruptible ()
  {
    is_interruptible = 0;
    octave_signal_caught = 0;
    octave_interrupt_state = 0;
  }
}
