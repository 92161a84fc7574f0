// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "state.h"

#include <octave/error.h>
#include <octave/graphics.h>
#include <octave/load-path.h>
#include <octave/load-save.h>
#include <octave/oct-env.h>
#include <octave/oct-map.h>
#include <octave/oct-stream.h>
#include <octave/pager.h>
#include <octave/pr-flt-fmt.h>

#include "random.h"

namespace ops
{
  // How values are printed, and what is turned off because nobody sits at a
  // terminal: the same as shown_state.m.
  static std::string shown_state (octave_side& octave)
  {
    octave::interpreter& interp = octave.interp ();
    octave::output_system& output = interp.get_output_system ();
    octave::error_system& errors = interp.get_error_system ();
    std::string state;
    octave_value_list format = octave.call ("format", octave_value_list (), 3);
    for (octave_idx_type i = 0; i < format.length (); i++)
      state += format(i).string_value () + ' ';
    state += std::to_string (output_precision ()) + ' ';
    for (bool flag : { output.page_screen_output (),
                       output.page_output_immediately (),
                       errors.beep_on_error (), errors.debug_on_error (),
                       errors.debug_on_warning (),
                       interp.get_load_save_system ().crash_dumps_octave_core () })
      state += flag ? '1' : '0';
    return state;
  }

  static bool same_texts (const Cell& a, const Cell& b)
  {
    // Nobody writes to what two have: it is copied first.
    if (a.data () == b.data ())
      return a.numel () == b.numel ();
    if (a.numel () != b.numel ())
      return false;
    for (octave_idx_type i = 0; i < a.numel (); i++)
      if (a(i).string_value () != b(i).string_value ())
        return false;
    return true;
  }

  void kept_state::keep (octave_side& octave)
  {
    octave::interpreter& interp = octave.interp ();
    m_home = octave.call ("state", octave_value_list (), 1)(0);
    m_folder = octave::sys::env::get_current_directory ();
    m_path = interp.get_load_path ().path ();
    m_files = interp.get_stream_list ().open_file_numbers ().numel ();
    m_shown = shown_state (octave);
    m_warnings = interp.get_error_system ().warning_options ();
    m_reseeds = m_home.scalar_map_value ().contents ("reseeds").bool_value ();
  }

  void kept_state::move_to (const std::string& folder)
  {
    octave_scalar_map home = m_home.scalar_map_value ();
    home.setfield ("folder", folder);
    m_home = home;
    m_folder = folder;
  }

  bool kept_state::is_unchanged (octave_side& octave)
  {
    octave::interpreter& interp = octave.interp ();
    if (octave::sys::env::get_current_directory () != m_folder
        || interp.get_load_path ().path () != m_path
        || interp.get_stream_list ().open_file_numbers ().numel () != m_files
        || interp.get_gh_manager ().figure_handle_list (true).numel () != 0
        || shown_state (octave) != m_shown)
      return false;
    octave_map warnings = interp.get_error_system ().warning_options ();
    for (const char *member : { "identifier", "state" })
      if (! same_texts (warnings.contents (member),
                        m_warnings.contents (member)))
        return false;
    return true;
  }

  void kept_state::restore (octave_side& octave)
  {
    octave::error_system& errors = octave.interp ().get_error_system ();
    if (! is_unchanged (octave))
      {
        octave.call ("restore", ovl (m_home), 0);
        errors.set_warning_options (m_warnings);
      }
    errors.set_last_error_message ("");
    errors.set_last_error_id ("");
    errors.set_last_warning_message ("");
    errors.set_last_warning_id ("");
    if (m_reseeds)
      reseed ();
  }
}
