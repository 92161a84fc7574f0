// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The processes that user code starts.

#ifndef OPS_CHILDREN_H
#define OPS_CHILDREN_H

namespace ops
{
  class children
  {
  public:
    // Whether any has been made since this was asked last, or is still there.
    // A process that has been waited for has left its page faults behind; any
    // other one is still a child.
    bool have_been_made ();

  private:
    long m_faults = 0;
  };
}

#endif
