// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "call.h"

#include <algorithm>

#include <octave/oct.h>
#include <octave/pt-eval.h>
#include <octave/symscope.h>

namespace ops
{
  // What user code may change of its caller lives as long as this.
  class caller
  {
  public:
    explicit caller (octave::tree_evaluator& evaluator)
      : m_evaluator (evaluator), m_depth (evaluator.max_recursion_depth ())
    {
      m_evaluator.push_stack_frame (octave::symbol_scope ("call"));
    }

    ~caller ()
    {
      m_evaluator.pop_stack_frame ();
      m_evaluator.max_recursion_depth (m_depth);
    }

    caller (const caller&) = delete;
    caller& operator = (const caller&) = delete;

  private:
    octave::tree_evaluator& m_evaluator;
    int m_depth;
  };

  // With the words of an assignment to a list.
  static void refuse_missing (octave_idx_type outputs)
  {
    if (outputs == 1)
      error ("element number 1 undefined in return list");
    error ("some elements undefined in return list");
  }

  static Cell first (const octave_value_list& values, octave_idx_type outputs)
  {
    if (values.length () < outputs)
      refuse_missing (outputs);
    Cell results (1, outputs);
    for (octave_idx_type i = 0; i < outputs; i++)
      {
        if (values(i).is_undefined ())
          refuse_missing (outputs);
        results(i) = values(i).storable_value ();
      }
    return results;
  }

  Cell call_function (octave::interpreter& interp, const std::string& name,
                      octave_idx_type outputs, const Cell& arguments)
  {
    caller of_this_call (interp.get_evaluator ());
    return first (interp.feval (name, octave_value_list (arguments), outputs),
                  outputs);
  }

  // Octave has no other name for the frame of a caller that is no function.
  static bool is_caller (const octave::frame_info& frame)
  {
    return frame.file_name ().empty () && frame.fcn_name () == "<unknown>";
  }

  octave::execution_exception as_caught (const octave::execution_exception& thrown)
  {
    auto frames = thrown.stack_info ();
    frames.erase (std::find_if (frames.begin (), frames.end (), is_caller),
                  frames.end ());
    octave::execution_exception caught (thrown);
    caught.set_stack_info (frames);
    return caught;
  }
}
