// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the native worker does in C++.  ops_native_main.m calls it.

#include <octave/oct.h>
#include <octave/interpreter.h>
#include <octave/oct-map.h>

#include "serve.h"
#include "values.h"

DEFMETHOD_DLD (ops_native, interp, args, ,
               "-*- texinfo -*-\n\
@deftypefn {} {} ops_native (@var{in}, @var{out}, @var{functions})\n\
Serve the channel of the descriptors @var{in} and @var{out} until it ends.\n\
\n\
Only for @code{ops_native_main}.\n\
@end deftypefn")
{
  if (args.length () != 3)
    print_usage ();
  ops::channel channel (args(0).int_value (), args(1).int_value ());
  ops::octave_side octave (args(2).scalar_map_value (), interp);
  try
    {
      ops::worker worker (channel, octave);
      worker.hello ();
      worker.serve ();
    }
  catch (const ops::channel_error& e)
    {
      error ("%s", e.what ());
    }
  return octave_value_list ();
}
