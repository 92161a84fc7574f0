// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "template.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

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
  static const int accept_milliseconds = 5000;
  static const int backlog = 64;

  // Of a refusal that another attempt would meet too.
  static const char *cannot_fork = "ops:cannotFork";

  // Told by the handler of SIGCHLD that a child has ended.  A handler can reach
  // nothing but a variable like this one.
  static int ended_pipe[2] = { -1, -1 };
  static struct sigaction octaves_action;
  static sigset_t octaves_mask;

  static void child_ended (int)
  {
    int saved = errno;
    ssize_t unused = ::write (ended_pipe[1], "", 1);
    (void) unused;
    errno = saved;
  }

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
  {
    if (::pipe (ended_pipe) != 0)
      throw channel_error ("no pipe for ended workers: " + reason ());
    for (int end : ended_pipe)
      {
        ::fcntl (end, F_SETFD, FD_CLOEXEC);
        ::fcntl (end, F_SETFL, O_NONBLOCK);
      }
    struct sigaction action;
    std::memset (&action, 0, sizeof action);
    action.sa_handler = child_ended;
    action.sa_flags = SA_RESTART | SA_NOCLDSTOP;
    ::sigaction (SIGCHLD, &action, &octaves_action);
    // Octave leaves signals to a thread of its own, which makes nothing of
    // this one.
    sigset_t child;
    ::sigemptyset (&child);
    ::sigaddset (&child, SIGCHLD);
    ::pthread_sigmask (SIG_UNBLOCK, &child, &octaves_mask);
  }

  template_process::~template_process ()
  {
    ::pthread_sigmask (SIG_SETMASK, &octaves_mask, nullptr);
    ::sigaction (SIGCHLD, &octaves_action, nullptr);
    for (int& end : ended_pipe)
      {
        ::close (end);
        end = -1;
      }
    if (m_listening >= 0)
      ::close (m_listening);
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

  void template_process::await_request ()
  {
    struct pollfd awaited[] = { { m_channel.in (), POLLIN, 0 },
                                { ended_pipe[0], POLLIN, 0 } };
    do
      {
        awaited[0].revents = awaited[1].revents = 0;
        if (::poll (awaited, 2, -1) < 0 && errno != EINTR)
          throw channel_error ("the channel cannot be awaited: " + reason ());
        if (awaited[1].revents)
          report_ended ();
      }
    while (! awaited[0].revents);
  }

  // Only the workers: what is loaded may have children of its own.
  void template_process::report_ended ()
  {
    char drained[256];
    while (::read (ended_pipe[0], drained, sizeof drained) > 0)
      continue;
    for (auto next = m_forked.begin (); next != m_forked.end (); )
      {
        pid_t pid = *next;
        siginfo_t info;
        info.si_pid = 0;
        int flags = WEXITED | WNOHANG | WNOWAIT;
        bool ended = ::waitid (P_PID, pid, &info, flags) == 0 && info.si_pid;
        next = ended ? m_forked.erase (next) : std::next (next);
        if (ended)
          report_ended (pid);
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

  void template_process::fork (const frame& request)
  {
    int own_channel = accepted (m_listening, m_server);
    int printed = accepted (m_listening, m_server);
    octave::flush_stdout ();
    std::fflush (nullptr);
    int threads = count_threads ();
    pid_t pid = -1;
    if (own_channel < 0 || printed < 0)
      refuse (request, "the server has not connected: " + reason ());
    else if (threads != 1)
      refuse (request, "what is loaded has started threads ("
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
        m_forked.insert (pid);
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
