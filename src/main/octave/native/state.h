// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a call may leave behind.

#ifndef OPS_STATE_H
#define OPS_STATE_H

#include <map>
#include <string>

#include <octave/oct-map.h>

#include "octave_side.h"

namespace ops
{
  // Everything that restore_state.m brings back.  Looking in C++ costs a tenth
  // of looking in Octave's language, and mostly there is nothing to undo.
  class kept_state
  {
  public:
    // The state as it is now is the one to keep.
    void keep (octave_side& octave);

    // The same in a forked worker, which differs in its directory only.
    void move_to (const std::string& folder);

    // Undo what a call has changed.  Throws channel_error when that fails.
    void restore (octave_side& octave);

    // Whether there is nothing to undo but what forget_errors does.
    bool is_unchanged (octave_side& octave);

    // The last error and warning are the call's own.
    void forget_errors (octave_side& octave);

  private:
    void undo (octave_side& octave);

    // Functions that were typed in, as it were, rather than loaded from files:
    // they come before all others of their names.
    bool has_functions (octave_side& octave);
    void restore_functions (octave_side& octave);
    void restore_path (octave_side& octave);

    octave_value m_home;
    std::string m_folder;
    std::string m_path;
    std::string m_shown;
    octave_map m_warnings;
    octave_map m_defaults;
    std::map<std::string, octave_value> m_functions;
    octave_idx_type m_files = 0;
    bool m_reseeds = false;
  };
}

#endif
