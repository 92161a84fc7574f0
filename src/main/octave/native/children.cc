// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "children.h"

#include <sys/resource.h>
#include <sys/wait.h>

namespace ops
{
  bool children::have_been_made ()
  {
    struct rusage used;
    ::getrusage (RUSAGE_CHILDREN, &used);
    long faults = used.ru_minflt + used.ru_majflt;
    bool waited_for = faults != m_faults;
    m_faults = faults;
    siginfo_t one;
    bool there = ::waitid (P_ALL, 0, &one, WEXITED | WNOHANG | WNOWAIT) == 0;
    return waited_for || there;
  }
}
