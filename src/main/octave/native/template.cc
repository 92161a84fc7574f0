// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "template.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

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

  // Told by the handler of SIGCHLD that a child has ended.  A handler can reach
  // nothing but a variable like this one.
  static int ended_pipe[2] = { -1, -1 };
  static struct sigaction octaves_action;

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
  }

  template_process::~template_process ()
  {
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
            ("a template knows no frame of kind "
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

  // Only the workers that have ended: user code that is loaded may have
  // children of its own.  Its group goes first, while its number is still its
  // own.
  void template_process::report_ended ()
  {
    char drained[256];
    while (::read (ended_pipe[0], drained, sizeof drained) > 0)
      continue;
    siginfo_t info;
    while (info.si_pid = 0,
           ::waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0
           && info.si_pid != 0)
      {
        ::kill (-info.si_pid, SIGKILL);
        int status;
        ::waitpid (info.si_pid, &status, 0);
        message payload;
        payload.u64 (info.si_pid);
        payload.u32 (WIFSIGNALED (status) ? 128 + WTERMSIG (status)
                                          : WEXITSTATUS (status));
        payload.u32 (WIFSIGNALED (status));
        m_channel.send (frame_kind::exited, 0, payload);
      }
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

  void template_process::refuse (const frame& request, const std::string& why)
  {
    message payload;
    payload.u32 (1);
    payload.text ("");
    payload.text (why);
    payload.u32 (0);
    m_channel.send (frame_kind::failure, request.number, payload);
  }

  void template_process::listen (const frame& request)
  {
    std::string path = request.content ().text ();
    struct sockaddr_un address;
    std::memset (&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (path.size () >= sizeof address.sun_path)
      return refuse (request, "the path of a socket is too long: " + path);
    std::memcpy (address.sun_path, path.data (), path.size ());
    m_listening = ::socket (AF_UNIX, SOCK_STREAM, 0);
    if (m_listening < 0
        || ::fcntl (m_listening, F_SETFD, FD_CLOEXEC) != 0
        || ::bind (m_listening, reinterpret_cast<struct sockaddr *> (&address),
                   sizeof address) != 0
        || ::listen (m_listening, backlog) != 0)
      return refuse (request, "no socket at " + path + ": " + reason ());
    m_channel.send (frame_kind::ready, request.number, message ());
  }

  // The next connection of the server's, or -1.
  static int accepted (int listening)
  {
    struct pollfd awaited = { listening, POLLIN, 0 };
    if (::poll (&awaited, 1, accept_milliseconds) != 1)
      return -1;
    int connection = ::accept (listening, nullptr, nullptr);
    if (connection >= 0)
      ::fcntl (connection, F_SETFD, FD_CLOEXEC);
    return connection;
  }

  // Octave has a thread that awaits SIGINT, and nothing else.
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
    int own_channel = accepted (m_listening);
    int printed = accepted (m_listening);
    int threads = count_threads ();
    pid_t pid = -1;
    if (own_channel < 0 || printed < 0)
      refuse (request, "the server has not connected: " + reason ());
    else if (threads != 1)
      refuse (request, "what is loaded has started threads ("
                       + std::to_string (threads) + " run)");
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
        if (::setrlimit (static_cast<__rlimit_resource> (resource), &limit) != 0)
          throw channel_error ("a limit cannot be set: " + reason ());
      }
    m_forked_channel = own_channel;
  }
}
