// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "template.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include <octave/error.h>
#include <octave/load-path.h>
#include <octave/pager.h>
#include <octave/symtab.h>

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ops
{
  static const int accept_milliseconds = 1000;
  static const int backlog = 64;
  // How often workers are looked at where the system has no descriptors for
  // processes.
  static const int look_milliseconds = 100;

  static const int settle_attempts = 100;
  static const int settle_microseconds = 1000;

  // Of a refusal that another attempt would meet too.
  static const char *cannot_fork = "ops:cannotFork";

  // The server has connected to something else: user code under the same
  // account may have taken the place of the socket.
  static const char *no_connection = "ops:noConnection";

  static std::string reason ()
  {
    return std::strerror (errno);
  }

  static void parse_function (const std::string& file,
                              octave::interpreter& interp)
  {
    std::size_t stem = file.size () < 2 ? 0 : file.size () - 2;
    if (file.substr (stem) != ".m")
      return;
    try
      {
        interp.get_symbol_table ().find_function (file.substr (0, stem));
      }
    catch (const octave::execution_exception&)
      {
        interp.recover_from_exception ();
      }
  }

  // Whether a folder of the path is one of Octave's own: those are too many to
  // be parsed, and most of them nobody calls.
  static bool is_octaves (const std::string& folder,
                          const std::string& octaves)
  {
    return folder.compare (0, octaves.size (), octaves) == 0;
  }

  // Parse the functions of all folders that were loaded, so that no worker has
  // to.  What does not parse is told to who calls it.
  static void parse_functions (octave_side& octave)
  {
    octave::load_path& folders = octave.interp ().get_load_path ();
    std::string octaves = octave.call ("home", octave_value_list (), 1)(0)
                            .string_value ();
    string_vector names = folders.dirs ();
    for (octave_idx_type i = 0; i < names.numel (); i++)
      {
        string_vector files = folders.files (names(i), false);
        if (is_octaves (names(i), octaves))
          continue;
        for (octave_idx_type k = 0; k < files.numel (); k++)
          parse_function (files(k), octave.interp ());
      }
  }

  template_process::template_process (channel& to_server, octave_side& octave)
    : m_channel (to_server), m_octave (octave), m_worker (to_server, octave)
  { }

  template_process::~template_process ()
  {
    end_workers ();
    leave ();
  }

  // Nobody is there to end them any more.  One that has just been forked may
  // not have its own group yet.
  void template_process::end_workers ()
  {
    for (const std::pair<const pid_t, int>& one : m_forked)
      {
        ::kill (-one.first, SIGKILL);
        ::kill (one.first, SIGKILL);
      }
    for (const std::pair<const pid_t, int>& one : m_forked)
      ::waitpid (one.first, nullptr, 0);
  }

  void template_process::leave ()
  {
    for (const std::pair<const pid_t, int>& one : m_forked)
      if (one.second >= 0)
        ::close (one.second);
    m_forked.clear ();
    if (m_listening >= 0)
      ::close (m_listening);
    m_listening = -1;
  }

  int template_process::serve ()
  {
    m_worker.hello ();
    frame request;
    while (true)
      {
        await_request ();
        if (! m_channel.receive (request)
            || request.kind == frame_kind::shutdown)
          return -1;
        if (! answer (request))
          throw channel_error
            ("a worker knows no frame of kind "
             + std::to_string (static_cast<unsigned> (request.kind)));
        if (m_forked_channel >= 0)
          return m_forked_channel;
      }
  }

  // A descriptor that becomes readable when the process ends, or -1 where the
  // system has none.  No SIGCHLD: Octave's own thread takes that signal.
  static int descriptor_of (pid_t pid)
  {
  #if defined (SYS_pidfd_open)
    return ::syscall (SYS_pidfd_open, pid, 0);
  #else
    (void) pid;
    return -1;
  #endif
  }

  // Wait for the next request, and tell meanwhile which workers have ended.
  void template_process::await_request ()
  {
    while (! m_channel.has_more ())
      {
        std::vector<struct pollfd> awaited = { { m_channel.in (), POLLIN, 0 } };
        int timeout = -1;
        for (const std::pair<const pid_t, int>& one : m_forked)
          if (one.second >= 0)
            awaited.push_back ({ one.second, POLLIN, 0 });
          else
            timeout = look_milliseconds;
        if (::poll (awaited.data (), awaited.size (), timeout) < 0
            && errno != EINTR)
          throw channel_error ("the channel cannot be awaited: " + reason ());
        report_ended ();
        if (awaited[0].revents)
          return;
      }
  }

  // Only the workers: what is loaded may have children of its own.
  void template_process::report_ended ()
  {
    for (auto next = m_forked.begin (); next != m_forked.end (); )
      {
        pid_t pid = next->first;
        siginfo_t info;
        info.si_pid = 0;
        int flags = WEXITED | WNOHANG | WNOWAIT;
        if (::waitid (P_PID, pid, &info, flags) == 0 && info.si_pid != 0)
          {
            if (next->second >= 0)
              ::close (next->second);
            next = m_forked.erase (next);
            report_ended (pid);
          }
        else
          ++next;
      }
  }

  // Its group goes first, while its number is still its own.
  void template_process::report_ended (pid_t pid)
  {
    int status = 0;
    ::kill (-pid, SIGKILL);
    ::waitpid (pid, &status, 0);
    message payload;
    payload.u64 (pid);
    payload.u32 (WIFSIGNALED (status) ? 128 + WTERMSIG (status)
                                      : WEXITSTATUS (status));
    payload.u32 (WIFSIGNALED (status));
    m_channel.send (frame_kind::exited, 0, payload);
  }

  bool template_process::answer (const frame& request)
  {
    switch (request.kind)
      {
      case frame_kind::listen:
        listen (request);
        return true;
      case frame_kind::fork:
        fork (request);
        return true;
      default:
        return m_worker.answer (request);
      }
  }

  void template_process::refuse (const frame& request, const std::string& why,
                                 const char *identifier)
  {
    message payload;
    payload.u32 (1);
    payload.text (identifier);
    payload.text (why);
    payload.u32 (0);
    m_channel.send (frame_kind::failure, request.number, payload);
  }

  void template_process::listen (const frame& request)
  {
    reader content = request.content ();
    std::string path = content.text ();
    m_server = content.u64 ();
    parse_functions (m_octave);
    m_worker.rehearse ();
    struct sockaddr_un address;
    std::memset (&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (path.size () >= sizeof address.sun_path)
      return refuse (request, "the path of a socket is too long: " + path,
                     cannot_fork);
    std::memcpy (address.sun_path, path.data (), path.size ());
    m_listening = ::socket (AF_UNIX, SOCK_STREAM, 0);
    if (m_listening < 0
        || ::fcntl (m_listening, F_SETFD, FD_CLOEXEC) != 0
        || ::bind (m_listening, reinterpret_cast<struct sockaddr *> (&address),
                   sizeof address) != 0
        || ::listen (m_listening, backlog) != 0)
      return refuse (request, "no socket at " + path + ": " + reason (),
                     cannot_fork);
    m_channel.send (frame_kind::ready, request.number, message ());
  }

  // Whether the other end is the server: a worker's user code runs under the
  // same account and may find the socket.  A process outside of the sandbox in
  // which this one lives has the number 0.
  static bool is_from (pid_t server, int connection)
  {
  #if defined (SO_PEERCRED)
    struct ucred peer;
    socklen_t size = sizeof peer;
    return ::getsockopt (connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
           && (peer.pid == server || peer.pid == 0);
  #else
    (void) server;
    return connection >= 0;
  #endif
  }

  // The next connection of the server's, or -1.  The server connects before it
  // sends FORK, so that it is there.
  static int accepted (int listening, pid_t server)
  {
    struct pollfd awaited = { listening, POLLIN, 0 };
    while (::poll (&awaited, 1, accept_milliseconds) == 1)
      {
        int connection = ::accept (listening, nullptr, nullptr);
        if (connection < 0)
          return -1;
        if (is_from (server, connection))
          {
            ::fcntl (connection, F_SETFD, FD_CLOEXEC);
            return connection;
          }
        ::close (connection);
      }
    return -1;
  }

  // Octave has a thread that awaits signals, and does nothing else.
  static bool awaits_signals (const std::string& thread)
  {
    std::ifstream file ("/proc/self/task/" + thread + "/syscall");
    long number = -1;
    return file >> number && number == SYS_rt_sigtimedwait;
  }

  // How many threads may hold a lock.  A fork copies only the one that calls
  // it: what others hold would be held for ever in the copy.  -1 where nobody
  // can tell.
  static int count_threads ()
  {
    DIR *tasks = ::opendir ("/proc/self/task");
    if (! tasks)
      return -1;
    int count = 0;
    while (struct dirent *entry = ::readdir (tasks))
      count += entry->d_name[0] != '.' && ! awaits_signals (entry->d_name);
    ::closedir (tasks);
    return count;
  }

  // The same when Octave's own thread has had time to wait again: the end of
  // each worker wakes it.
  static int count_settled_threads ()
  {
    int count = count_threads ();
    for (int i = 0; count > 1 && i < settle_attempts; i++)
      {
        ::usleep (settle_microseconds);
        count = count_threads ();
      }
    return count;
  }

  void template_process::fork (const frame& request)
  {
    int own_channel = accepted (m_listening, m_server);
    int printed = own_channel < 0 ? -1 : accepted (m_listening, m_server);
    octave::flush_stdout ();
    std::fflush (nullptr);
    int threads = count_settled_threads ();
    pid_t pid = -1;
    if (own_channel < 0 || printed < 0)
      refuse (request, "the server has not connected: " + reason (),
              no_connection);
    else if (threads != 1)
      refuse (request, "what is loaded, or its warmup, has started threads ("
                       + std::to_string (threads) + " run)", cannot_fork);
    else if ((pid = ::fork ()) < 0)
      refuse (request, "fork failed: " + reason ());
    if (pid == 0)
      {
        reader wanted = request.content ();
        become_worker (own_channel, printed, wanted);
        return;
      }
    ::close (own_channel);
    ::close (printed);
    if (pid > 0)
      {
        m_forked[pid] = descriptor_of (pid);
        message payload;
        payload.u64 (pid);
        m_channel.send (frame_kind::forked, request.number, payload);
      }
  }

  static int resource_of (std::uint32_t limit)
  {
    switch (limit)
      {
      case 1: return RLIMIT_CPU;
      case 2: return RLIMIT_AS;
      case 3: return RLIMIT_NPROC;
      case 4: return RLIMIT_FSIZE;
      case 5: return RLIMIT_NOFILE;
      default: throw channel_error ("a worker knows no limit "
                                    + std::to_string (limit));
      }
  }

  void template_process::become_worker (int own_channel, int printed,
                                        reader& wanted)
  {
    leave ();
    ::setsid ();
    ::dup2 (printed, STDOUT_FILENO);
    ::dup2 (printed, STDERR_FILENO);
    ::close (printed);
    ::close (m_channel.in ());
    ::close (m_channel.out ());
    for (std::uint32_t left = wanted.u32 (); left > 0; left--)
      {
        std::string name = wanted.text ();
        ::setenv (name.c_str (), wanted.text ().c_str (), 1);
      }
    for (std::uint32_t left = wanted.u32 (); left > 0; left--)
      {
        int resource = resource_of (wanted.u32 ());
        rlim_t value = wanted.u64 ();
        struct rlimit limit = { value, value };
        if (::setrlimit (resource, &limit) != 0)
          throw channel_error ("a limit cannot be set: " + reason ());
      }
    m_forked_channel = own_channel;
  }
}
