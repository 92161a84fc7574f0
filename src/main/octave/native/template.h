// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A process in which everything is loaded, and which makes workers by fork.

#ifndef OPS_TEMPLATE_H
#define OPS_TEMPLATE_H

#include <map>
#include <string>

#include <sys/types.h>

#include "serve.h"
#include "wire.h"

namespace ops
{
  class template_process
  {
  public:
    template_process (channel& to_server, octave_side& octave);
    ~template_process ();

    template_process (const template_process&) = delete;
    template_process& operator = (const template_process&) = delete;

    // Answer requests until the channel ends or SHUTDOWN comes; then answer -1.
    // In a process that was forked: answer the descriptor of its own channel.
    int serve ();

    // Close and forget what is the template's own, in a process that was
    // forked.
    void leave ();

    // What was loaded.
    const worker& loaded () const { return m_worker; }

  private:
    void end_workers ();
    void await_request ();
    void report_ended ();
    void report_ended (pid_t pid);
    bool answer (const frame& request);
    void listen (const frame& request);
    void fork (const frame& request);
    void become_worker (int own_channel, int printed, reader& wanted);
    void refuse (const frame& request, const std::string& why,
                 const char *identifier = "");

    channel& m_channel;
    octave_side& m_octave;
    worker m_worker;
    // The workers, and a descriptor of each to wait on, or -1.
    std::map<pid_t, int> m_forked;
    pid_t m_server = 0;
    int m_listening = -1;
    int m_forked_channel = -1;
  };
}

#endif
