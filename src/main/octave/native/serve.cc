// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "serve.h"

#include <cerrno>
#include <cstdio>
#include <new>

#include <octave/Cell.h>
#include <octave/error.h>
#include <octave/oct-env.h>
#include <octave/oct-map.h>
#include <octave/pager.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "call.h"
#include "interrupt.h"
#include "telling.h"
#include "values.h"

namespace ops
{
  static const std::uint32_t protocol_version = 1;

  // What READY says behind a call.
  static const std::uint32_t processes_made = 1;
  static const std::uint32_t state_undone = 2;

  // What Octave itself says where std::bad_alloc reaches its interpreter.
  static const char *no_memory
    = "out of memory or dimension too large for Octave's index type";
  static const char *no_memory_identifier = "Octave:bad-alloc";

  // A payload that the Octave side has made.
  static message payload_of (const octave_value& bytes)
  {
    uint8NDArray array = bytes.uint8_array_value ();
    message payload;
    payload.borrow (array.data (), array.numel (), array);
    return payload;
  }

  static message failure_of (std::uint32_t reason, const std::string& what,
                             const std::string& identifier)
  {
    message payload;
    payload.u32 (reason);
    payload.text (identifier);
    payload.text (what);
    payload.u32 (0);
    return payload;
  }

  static octave_value bytes_of (const frame& request)
  {
    uint8NDArray array (dim_vector (1, request.payload.size ()));
    std::copy (request.payload.begin (), request.payload.end (),
               reinterpret_cast<char *> (array.fortran_vec ()));
    return octave_value (array);
  }

  // Without a mark, nothing is to be written; but a call that has closed what
  // it prints to has taken it from the next one, too.
  static void print_mark (const std::string& mark)
  {
    octave::flush_stdout ();
    std::fflush (nullptr);
    if (mark.empty () && ::fcntl (STDERR_FILENO, F_GETFD) < 0)
      throw channel_error ("what is printed goes nowhere");
    std::size_t done = 0;
    while (done < mark.size ())
      {
        ssize_t n = ::write (STDERR_FILENO, mark.data () + done,
                             mark.size () - done);
        if (n >= 0)
          done += n;
        else if (errno != EINTR)
          throw channel_error ("the mark cannot be printed");
      }
  }

  worker::worker (channel& to_server, octave_side& octave)
    : m_channel (to_server), m_octave (octave), m_forked (false),
      m_version (octave.call ("version", octave_value_list (), 1)(0)
                 .string_value ())
  { }

  worker::worker (channel& to_server, const worker& loaded)
    : m_channel (to_server), m_octave (loaded.m_octave), m_forked (true),
      m_version (loaded.m_version), m_home (loaded.m_home)
  { }

  void worker::rehearse ()
  {
    call_function (m_octave.interp (), "numel", 1, Cell (1, 1, octave_value (0.0)));
    m_octave.call ("told", octave_value_list (), 1);
    m_home.restore (m_octave);
  }

  void worker::hello ()
  {
    message payload;
    payload.u32 (protocol_version);
    payload.text ("native");
    payload.text (m_version);
    payload.u64 (::getpid ());
    m_channel.send (frame_kind::hello, 0, payload);
  }

  void worker::serve ()
  {
    frame request;
    while (m_channel.receive (request) && request.kind != frame_kind::shutdown)
      if (! answer (request))
        throw channel_error
          ("a worker knows no frame of kind "
           + std::to_string (static_cast<unsigned> (request.kind)));
  }

  bool worker::answer (const frame& request)
  {
    switch (request.kind)
      {
      case frame_kind::start:
        start (request);
        return true;
      case frame_kind::call:
        call (request);
        return true;
      case frame_kind::ping:
        ping (request);
        return true;
      default:
        return false;
      }
  }

  // A mark separates what was printed before from what is printed after.
  void worker::ping (const frame& request)
  {
    if (! request.payload.empty ())
      print_mark (request.content ().text ());
    m_channel.send (frame_kind::pong, request.number, message ());
  }

  // Everything is loaded and known already: only the directory is another.
  bool worker::start_forked (const frame& request)
  {
    reader content = request.content ();
    if (content.u32 () != protocol_version)
      return false;
    m_mark = content.text ();
    std::string folder = content.text ();
    if (content.u32 () != 0 || ! octave::sys::env::chdir (folder))
      return false;
    m_home.move_to (folder);
    finish (frame_kind::ready, request, message ());
    return true;
  }

  // Octave leaves the signal of a file that has grown beyond the limit to a
  // thread that takes it for nothing: the call would go on with a cut file.
  static void heed_file_size ()
  {
    struct rlimit limit;
    if (::getrlimit (RLIMIT_FSIZE, &limit) != 0
        || limit.rlim_cur == RLIM_INFINITY)
      return;
    sigset_t only;
    ::sigemptyset (&only);
    ::sigaddset (&only, SIGXFSZ);
    ::signal (SIGXFSZ, SIG_DFL);
    ::pthread_sigmask (SIG_UNBLOCK, &only, nullptr);
  }

  void worker::start (const frame& request)
  {
    take_interrupts ();
    remember_home ();
    heed_file_size ();
    if (m_forked && start_forked (request))
      return;
    octave_value_list said = m_octave.call ("start", ovl (bytes_of (request)), 3);
    m_mark = said(2).string_value ();
    m_home.keep (m_octave);
    finish (static_cast<frame_kind> (said(0).int_value ()), request,
            payload_of (said(1)));
  }

  void worker::call (const frame& request)
  {
    reader content = request.content ();
    m_mark = content.text ();
    std::string name = content.text ();
    std::uint32_t outputs = content.u32 ();
    m_figures = content.u32 ();
    std::uint32_t count = content.u32 ();
    Cell arguments;
    try
      {
        arguments = decode_values (content, count, m_octave);
      }
    catch (const octave::execution_exception& e)
      {
        fail (request, "cannot_take", ovl (e.message (), e.identifier ()));
        return become_ready (request);
      }
    catch (const std::bad_alloc&)
      {
        fail (request, "cannot_take", ovl (no_memory, no_memory_identifier));
        return become_ready (request);
      }
    run (request, name, outputs, arguments);
    become_ready (request);
  }

  // The server lends the worker out again when READY has come, so that a
  // failure here is nobody else's.
  void worker::become_ready (const frame& request)
  {
    if (! m_is_ready)
      {
        m_home.restore (m_octave);
        // What callbacks have printed is nobody's, and must not wait for the
        // next call.
        octave::flush_stdout ();
        say_ready (request, true);
      }
    m_is_ready = false;
  }

  void worker::say_ready (const frame& request, bool undone)
  {
    message payload;
    payload.u32 ((m_children.have_been_made () ? processes_made : 0)
                 | (undone ? state_undone : 0));
    m_channel.send (frame_kind::ready, request.number, payload);
  }

  void worker::run (const frame& request, const std::string& name,
                    std::uint32_t outputs, const Cell& arguments)
  {
    Cell results;
    try
      {
        interruptible while_it_runs;
        telling of_this_call (m_channel, request.number);
        results = call_function (m_octave.interp (), name, outputs, arguments);
      }
    catch (const octave::interrupt_exception&)
      {
        m_octave.interp ().recover_from_exception ();
        finish (frame_kind::failure, request,
                failure_of (0, "the call was interrupted", "ops:interrupted"));
        return;
      }
    catch (const octave::execution_exception& e)
      {
        return fail (request, "has_thrown", thrown (e));
      }
    catch (const std::bad_alloc&)
      {
        return fail (request, "has_thrown",
                     ovl (0, no_memory, no_memory_identifier));
      }
    answer_with (request, results);
  }

  // Of what was thrown, what encode_failure.m wants.
  octave_value_list worker::thrown (const octave::execution_exception& e)
  {
    octave::error_system& errors = m_octave.interp ().get_error_system ();
    errors.save_exception (as_caught (e));
    return ovl (0, errors.last_error_message (), errors.last_error_id (),
                errors.last_error_stack ());
  }

  void worker::answer_with (const frame& request, const Cell& results)
  {
    message payload;
    payload.u32 (results.numel ());
    try
      {
        encode_values (payload, results, m_octave);
      }
    catch (const octave::execution_exception& e)
      {
        return fail (request, "no_encoding", ovl (results, e.message ()));
      }
    catch (const std::bad_alloc&)
      {
        return fail (request, "no_encoding", ovl (results, no_memory));
      }
    finish (frame_kind::result, request, payload);
  }

  void worker::fail (const frame& request, const char *reason,
                     const octave_value_list& said)
  {
    m_octave.interp ().recover_from_exception ();
    octave_value payload = m_octave.call (reason, said, 1)(0);
    finish (frame_kind::failure, request, payload_of (payload));
  }

  void worker::finish (frame_kind kind, const frame& request,
                       const message& payload)
  {
    print_mark (m_mark);
    if (request.kind == frame_kind::call)
      report_metrics (request);
    if (kind == frame_kind::result && m_figures != 0)
      send_figures (request);
    if (request.kind == frame_kind::call && is_unchanged ())
      answer_and_be_ready (kind, request, payload);
    else
      m_channel.send (kind, request.number, payload);
  }

  // Where even looking fails, there is something to undo, or to die of: after
  // the answer.
  bool worker::is_unchanged ()
  {
    try
      {
        return m_home.is_unchanged (m_octave);
      }
    catch (const octave::execution_exception&)
      {
        m_octave.interp ().recover_from_exception ();
        return false;
      }
  }

  // Most calls leave nothing behind: the server is woken once for both.
  void worker::answer_and_be_ready (frame_kind kind, const frame& request,
                                    const message& payload)
  {
    m_home.forget_errors (m_octave);
    m_channel.hold (kind, request.number, payload);
    say_ready (request, false);
    m_is_ready = true;
  }

  void worker::report_metrics (const frame& request)
  {
    octave_value told = m_octave.call ("told", octave_value_list (), 1)(0);
    if (! told.isempty ())
      m_channel.send (frame_kind::metrics, request.number,
                      payload_of (m_octave.call ("metrics", ovl (told), 1)(0)));
  }

  void worker::send_figures (const frame& request)
  {
    octave_value payload = m_octave.call ("figures", ovl (m_figures), 1)(0);
    if (! payload.isempty ())
      m_channel.send (frame_kind::figures, request.number, payload_of (payload));
  }
}
