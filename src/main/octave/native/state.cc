// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "state.h"

#include <octave/Cell.h>
#include <octave/error.h>
#include <octave/graphics.h>
#include <octave/load-path.h>
#include <octave/oct-env.h>
#include <octave/oct-map.h>
#include <octave/oct-stream.h>

namespace ops
{
  static void add_warnings (std::string& state, octave::interpreter& interp)
  {
    octave_map options = interp.get_error_system ().warning_options ();
    Cell identifiers = options.contents ("identifier");
    Cell states = options.contents ("state");
    for (octave_idx_type i = 0; i < identifiers.numel (); i++)
      state += identifiers(i).string_value () + '='
               + states(i).string_value () + '\n';
  }

  static std::string answer_of (const char *function, octave_side& octave)
  {
    return std::to_string (octave.call (function, ovl (), 1)(0).double_value ());
  }

  std::string state_of (octave_side& octave)
  {
    octave::interpreter& interp = octave.interp ();
    std::string state = octave::sys::env::get_current_directory ();
    state += '\n' + interp.get_load_path ().path () + '\n';
    state += std::to_string
      (interp.get_stream_list ().open_file_numbers ().numel ()) + '\n';
    state += std::to_string
      (interp.get_gh_manager ().figure_handle_list (true).numel ()) + '\n';
    for (const char *function : { "output_precision", "page_screen_output",
                                  "page_output_immediately" })
      state += answer_of (function, octave) + '\n';
    add_warnings (state, interp);
    return state;
  }
}
