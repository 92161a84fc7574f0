// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#ifndef OPS_CALL_H
#define OPS_CALL_H

#include <string>

#include <octave/Cell.h>
#include <octave/interpreter.h>

namespace ops
{
  // What run_call.m does, as if by  [RESULTS{:}] = feval (NAME, ARGUMENTS{:}):
  // call a function and ask it for OUTPUTS outputs.  It has a caller of its
  // own, whose variables end with it, and so does the limit of recursion that
  // it sets.  Throws whatever the function throws.
  Cell call_function (octave::interpreter& interp, const std::string& name,
                      octave_idx_type outputs, const Cell& arguments);

  // What CATCH would say of what a called function has thrown: its stack ends
  // with that function.
  octave::execution_exception as_caught (const octave::execution_exception& thrown);
}

#endif
