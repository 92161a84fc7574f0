// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#ifndef OPS_OCTAVE_SIDE_H
#define OPS_OCTAVE_SIDE_H

#include <octave/oct.h>
#include <octave/interpreter.h>
#include <octave/oct-map.h>

namespace ops
{
  // What is done in Octave's own language, by the same functions as in the
  // portable worker: whatever is not done for every call, or must be the same
  // to the letter.  Handles that were made before anything of a bundle was
  // loaded.  They hold private functions fast, but not those of Octave, which
  // are found anew by name.
  class octave_side
  {
  public:
    octave_side (const octave_scalar_map& functions, octave::interpreter& interp)
      : m_functions (functions), m_interp (interp)
    { }

    octave_value_list call (const char *name, const octave_value_list& arguments,
                            int outputs)
    {
      return m_interp.feval (m_functions.contents (name), arguments, outputs);
    }

    octave::interpreter& interp () { return m_interp; }

  private:
    octave_scalar_map m_functions;
    octave::interpreter& m_interp;
  };
}

#endif
