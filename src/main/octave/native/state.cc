// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "state.h"

#include <algorithm>
#include <list>
#include <utility>

#include <octave/error.h>
#include <octave/graphics.h>
#include <octave/load-path.h>
#include <octave/load-save.h>
#include <octave/oct-env.h>
#include <octave/oct-map.h>
#include <octave/oct-stream.h>
#include <octave/pager.h>
#include <octave/pr-flt-fmt.h>
#include <octave/symtab.h>

#include "random.h"
#include "wire.h"

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

  static octave_map figure_defaults (octave_side& octave)
  {
    return octave.interp ().get_gh_manager ().get_object (0.0).get_defaults ()
             .map_value ();
  }

  static bool same_value (const octave_value& a, const octave_value& b)
  {
    if (a.is_copy_of (b))
      return true;
    if (a.is_string () && b.is_string ())
      return a.string_value () == b.string_value ();
    if (! a.is_double_type () || ! b.is_double_type () || ! a.isreal ()
        || ! b.isreal () || a.dims () != b.dims ())
      return false;
    NDArray x = a.array_value ();
    NDArray y = b.array_value ();
    return std::equal (x.data (), x.data () + x.numel (), y.data ());
  }

  static bool same_defaults (const octave_map& a, const octave_map& b)
  {
    if (a.nfields () != b.nfields ())
      return false;
    string_vector names = a.fieldnames ();
    for (octave_idx_type i = 0; i < names.numel (); i++)
      if (! b.isfield (names(i))
          || ! same_value (a.contents (names(i))(0), b.contents (names(i))(0)))
        return false;
    return true;
  }

  // What user code has hung on their end may make new ones.
  static const int close_attempts = 10;

  // Hidden ones too, and without what user code wants done at their end.
  static void close_figures (octave_side& octave)
  {
    auto& graphics = octave.interp ().get_gh_manager ();
    for (int i = 0; i < close_attempts
                    && graphics.figure_handle_list (true).numel () != 0; i++)
      {
        Matrix all = graphics.handle_list (true);
        for (octave_idx_type k = 0; k < all.numel (); k++)
          {
            auto one = graphics.get_object (all(k));
            if (! one.valid_object () || one.isa ("root"))
              continue;
            one.set ("deletefcn", octave_value (Matrix ()));
            if (one.isa ("figure"))
              one.set ("closerequestfcn", octave_value (Matrix ()));
          }
        graphics.close_all_figures ();
      }
  }

  bool kept_state::has_functions (octave_side& octave)
  {
    octave::symbol_table& symbols = octave.interp ().get_symbol_table ();
    std::list<std::string> names = symbols.cmdline_function_names ();
    if (names.size () != m_functions.size ())
      return false;
    for (const std::string& name : names)
      {
        auto kept = m_functions.find (name);
        if (kept == m_functions.end ()
            || ! symbols.find_cmdline_function (name).is_copy_of (kept->second))
          return false;
      }
    return true;
  }

  void kept_state::restore_functions (octave_side& octave)
  {
    octave::symbol_table& symbols = octave.interp ().get_symbol_table ();
    for (const std::string& name : symbols.cmdline_function_names ())
      symbols.install_cmdline_function (name, octave_value ());
    for (const std::pair<const std::string, octave_value>& one : m_functions)
      symbols.install_cmdline_function (one.first, one.second);
  }

  // Not by functions of Octave's language: the path may have others of their
  // names.
  void kept_state::restore_path (octave_side& octave)
  {
    octave::load_path& folders = octave.interp ().get_load_path ();
    if (octave::sys::env::get_current_directory () == m_folder
        && folders.path () == m_path)
      return;
    octave::sys::env::chdir (m_folder);
    folders.set (m_path, true);
    folders.update ();
  }

  void kept_state::keep (octave_side& octave)
  {
    octave::interpreter& interp = octave.interp ();
    octave::symbol_table& symbols = interp.get_symbol_table ();
    for (const std::string& name : symbols.cmdline_function_names ())
      m_functions[name] = symbols.find_cmdline_function (name);
    m_defaults = figure_defaults (octave);
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
    // The last one calls a function by its name.
    if (! has_functions (octave)
        || octave::sys::env::get_current_directory () != m_folder
        || interp.get_load_path ().path () != m_path
        || interp.get_stream_list ().open_file_numbers ().numel () != m_files
        || interp.get_gh_manager ().figure_handle_list (true).numel () != 0
        || ! same_defaults (figure_defaults (octave), m_defaults)
        || shown_state (octave) != m_shown)
      return false;
    octave_map warnings = interp.get_error_system ().warning_options ();
    for (const char *member : { "identifier", "state" })
      if (! same_texts (warnings.contents (member),
                        m_warnings.contents (member)))
        return false;
    return true;
  }

  // What goes may have code of the user's run: figures and functions come first.
  void kept_state::undo (octave_side& octave)
  {
    close_figures (octave);
    restore_functions (octave);
    restore_path (octave);
    octave.call ("restore", ovl (m_home), 0);
    octave.interp ().get_error_system ().set_warning_options (m_warnings);
  }

  void kept_state::forget_errors (octave_side& octave)
  {
    octave::error_system& errors = octave.interp ().get_error_system ();
    errors.set_last_error_message ("");
    errors.set_last_error_id ("");
    errors.set_last_warning_message ("");
    errors.set_last_warning_id ("");
    if (m_reseeds)
      reseed ();
  }

  void kept_state::restore (octave_side& octave)
  {
    if (! is_unchanged (octave))
      {
        undo (octave);
        if (! is_unchanged (octave))
          throw channel_error ("what a call has left behind cannot be undone");
      }
    forget_errors (octave);
  }
}
