// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "telling.h"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>

#include <octave/oct.h>
#include <octave/ov-builtin.h>
#include <octave/symtab.h>

#include <unistd.h>

namespace ops
{
  typedef std::chrono::steady_clock timer;

  static const std::chrono::milliseconds pause_between_reports (100);

  // What the present call has told.
  struct told
  {
    channel *to_server;         // null: no call runs
    std::uint64_t number;
    double sent;                // below 0: nothing yet
    timer::time_point last;
  };

  static told present = { nullptr, 0, -1.0, timer::time_point () };

  static std::string mark_of_cancelled;

  telling::telling (channel& to_server, std::uint64_t number)
  {
    present.to_server = &to_server;
    present.number = number;
    present.sent = -1.0;
  }

  telling::~telling ()
  {
    present.to_server = nullptr;
  }

  static bool is_due (double fraction)
  {
    return present.to_server
           && (present.sent < 0 || (fraction >= 1 && present.sent < 1)
               || timer::now () - present.last >= pause_between_reports);
  }

  static void send (double fraction, const std::string& text)
  {
    if (! present.to_server || ! present.to_server->is_own ())
      return;
    std::uint64_t bits;
    std::memcpy (&bits, &fraction, sizeof bits);
    message payload;
    payload.u64 (bits);
    payload.text (text);
    present.sent = fraction;
    present.last = timer::now ();
    present.to_server->send (frame_kind::progress, present.number, payload);
  }

  static octave_value_list progress (const octave_value_list& args, int)
  {
    if (args.length () == 1)
      return ovl (is_due (args(0).double_value ()));
    if (args.length () != 2)
      error_with_id ("Octave:invalid-fun-call",
                     "Invalid call to ops_native_progress");
    send (args(0).double_value (), args(1).string_value ());
    return octave_value_list ();
  }

  static octave_value_list cancelled (const octave_value_list&, int)
  {
    return ovl (! mark_of_cancelled.empty ()
                && ::access (mark_of_cancelled.c_str (), F_OK) == 0);
  }

  void make_telling_functions (octave::interpreter& interp)
  {
    octave::symbol_table& symbols = interp.get_symbol_table ();
    symbols.install_built_in_function
      ("ops_native_progress",
       octave_value (new octave_builtin (progress, "ops_native_progress")));
    symbols.install_built_in_function
      ("ops_native_cancelled",
       octave_value (new octave_builtin (cancelled, "ops_native_cancelled")));
  }

  void remember_home ()
  {
    const char *home = std::getenv ("HOME");
    mark_of_cancelled = home ? std::string (home) + "/.ops-cancelled" : "";
  }
}
