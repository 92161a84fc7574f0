// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A worker's side of the conversation.

#ifndef OPS_SERVE_H
#define OPS_SERVE_H

#include "children.h"
#include "octave_side.h"
#include "state.h"
#include "wire.h"

namespace ops
{
  // Say HELLO on a channel, and answer what comes through it until it ends or
  // SHUTDOWN comes.
  class worker
  {
  public:
    worker (channel& to_server, octave_side& octave);

    // One that was forked, with everything that LOADED has loaded.
    worker (channel& to_server, const worker& loaded);

    void hello ();
    void serve ();

    // Go the way of a call once, so that what it needs is parsed before workers
    // are forked.
    void rehearse ();

    // Answer one request.  False when it is not one of a worker's.
    bool answer (const frame& request);

  private:
    void ping (const frame& request);
    void start (const frame& request);
    bool start_forked (const frame& request);
    void call (const frame& request);
    void run (const frame& request, const std::string& name,
              std::uint32_t outputs, const Cell& arguments);
    octave_value_list thrown (const octave::execution_exception& e);
    void answer_with (const frame& request, const Cell& results);
    void fail (const frame& request, const char *reason,
               const octave_value_list& said);
    void finish (frame_kind kind, const frame& request, const message& payload);
    void report_metrics (const frame& request);
    void send_figures (const frame& request);
    void answer_and_be_ready (frame_kind kind, const frame& request,
                              const message& payload);
    bool is_unchanged ();
    void become_ready (const frame& request);
    void say_ready (const frame& request, bool undone);

    channel& m_channel;
    octave_side& m_octave;
    bool m_forked;
    std::string m_version;
    kept_state m_home;
    children m_children;
    // Whether READY of the present call was sent with its answer.
    bool m_is_ready = false;
    std::string m_mark;
    // Of the figures that the present call is to answer; 0: none.
    std::uint32_t m_figures = 0;
  };
}

#endif
