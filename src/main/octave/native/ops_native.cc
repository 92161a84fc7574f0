// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the native worker does in C++.  ops_native_main.m calls it.

#include <octave/oct.h>
#include <octave/interpreter.h>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "random.h"
#include "serve.h"
#include "telling.h"
#include "template.h"

namespace ops
{
  // A copy of a descriptor that programs which user code starts do not get.
  static int away_from_user_code (int descriptor)
  {
    int copy = ::fcntl (descriptor, F_DUPFD_CLOEXEC, 3);
    if (copy < 0)
      throw channel_error ("the streams of the process cannot be copied");
    return copy;
  }

  // Move the protocol's streams away from user code, as claim_channel.m does.
  static channel claim_channel ()
  {
    channel claimed (away_from_user_code (STDIN_FILENO),
                     away_from_user_code (STDOUT_FILENO));
    int nothing = ::open ("/dev/null", O_RDONLY);
    if (nothing < 0 || ::dup2 (nothing, STDIN_FILENO) < 0
        || ::dup2 (STDERR_FILENO, STDOUT_FILENO) < 0)
      throw channel_error ("the streams of the process cannot be moved");
    ::close (nothing);
    return claimed;
  }

  static void serve_forked (int connection, const worker& loaded)
  {
    channel own (connection, connection);
    reseed ();
    worker one (own, loaded);
    one.hello ();
    one.serve ();
  }

  // A worker computes; the server only hands on.  Woken by it, a worker does
  // not push it off its processor: each would else go to sleep and be woken
  // once more for every call.  Where that is refused, it is only slower.
  static void let_the_server_go_first ()
  {
    struct sched_param no_priority = { };
    ::sched_setscheduler (0, SCHED_BATCH, &no_priority);
  }

  static void serve (octave_side& octave)
  {
    let_the_server_go_first ();
    channel claimed = claim_channel ();
    template_process loaded (claimed, octave);
    int forked = loaded.serve ();
    if (forked >= 0)
      {
        loaded.leave ();
        serve_forked (forked, loaded.loaded ());
      }
  }
}

DEFMETHOD_DLD (ops_native, interp, args, ,
               "-*- texinfo -*-\n\
@deftypefn {} {} ops_native (@var{functions})\n\
Serve the server on standard input and output until it ends, and what it\n\
connects to the forked copies of this process.  @var{functions} has handles of\n\
what is done in Octave's own language.\n\
\n\
Only for @code{ops_native_main}.\n\
@end deftypefn")
{
  // print_usage would need makeinfo.
  if (args.length () != 1)
    error_with_id ("Octave:invalid-fun-call", "Invalid call to ops_native");
  ops::octave_side octave (args(0).scalar_map_value (), interp);
  ops::make_telling_functions (interp);
  try
    {
      ops::serve (octave);
    }
  catch (const ops::channel_error& e)
    {
      error ("%s", e.what ());
    }
  return octave_value_list ();
}
