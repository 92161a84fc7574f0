// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Frames and their fields, as docs/worker-protocol.md lays them out.  Knows
// nothing of Octave.

#ifndef OPS_WIRE_H
#define OPS_WIRE_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace ops
{
  // The channel broke, or what came through it is no frame: the end of a
  // worker.
  class channel_error : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };

  enum class frame_kind : std::uint16_t
  {
    hello = 1,
    start = 2,
    ready = 3,
    call = 4,
    result = 5,
    failure = 6,
    ping = 7,
    pong = 8,
    shutdown = 9,
    metrics = 10,
    listen = 11,
    fork = 12,
    forked = 13,
    exited = 14,
    figures = 15,
    progress = 16
  };

  // Bytes that came, read field by field.  What is read past their end is an
  // error, so that no length in them is believed.
  class reader
  {
  public:
    reader (const char *data, std::size_t size) : m_at (data), m_end (data + size) { }

    std::uint16_t u16 () { return number<std::uint16_t> (); }
    std::uint32_t u32 () { return number<std::uint32_t> (); }
    std::uint64_t u64 () { return number<std::uint64_t> (); }

    std::string text ()
    {
      std::uint32_t size = u32 ();
      const char *begin = bytes (size);
      return std::string (begin, size);
    }

    // COUNT bytes, which stay where they are.
    const char * bytes (std::uint64_t count);

    std::size_t left () const { return m_end - m_at; }

  private:
    template <typename T> T number ();

    const char *m_at;
    const char *m_end;
  };

  // A payload that is put together.  Large arrays are not copied: the message
  // keeps what owns them until it has been sent.
  class message
  {
  public:
    void u16 (std::uint16_t value) { number (value); }
    void u32 (std::uint32_t value) { number (value); }
    void u64 (std::uint64_t value) { number (value); }

    void text (const std::string& value)
    {
      u32 (static_cast<std::uint32_t> (value.size ()));
      bytes (value.data (), value.size ());
    }

    void bytes (const void *data, std::size_t count);

    // COUNT bytes at DATA, which live as long as OWNER does.
    template <typename T>
    void borrow (const void *data, std::size_t count, const T& owner)
    {
      if (count < worth_borrowing)
        bytes (data, count);
      else
        borrow_from (data, count, std::make_shared<T> (owner));
    }

    std::size_t size () const { return m_size; }

  private:
    static const std::size_t worth_borrowing = 4096;

    struct segment
    {
      const void *borrowed;     // null: the bytes stand in own
      std::size_t size;
      std::string own;
      std::shared_ptr<void> owner;
    };

    template <typename T> void number (T value) { bytes (&value, sizeof value); }

    void borrow_from (const void *data, std::size_t count,
                      std::shared_ptr<void> owner);

    std::deque<segment> m_segments;
    std::size_t m_size = 0;

    friend class channel;
  };

  struct frame
  {
    frame_kind kind;
    std::uint64_t number;
    std::vector<char> payload;

    reader content () const { return reader (payload.data (), payload.size ()); }
  };

  // Two descriptors that speak frames, perhaps the same one twice.
  class channel
  {
  public:
    channel (int in, int out);

    // Wait for a frame.  False when the other side has closed the channel
    // between two frames.
    bool receive (frame& into);

    // Send a frame.  A copy of the process that user code made with fork ends
    // here: the answer is not its own.
    void send (frame_kind kind, std::uint64_t number, const message& payload);

    // Send a frame with the next one.
    void hold (frame_kind kind, std::uint64_t number, const message& payload);

    // Whether this is the process that has opened the channel, not a copy of it.
    bool is_own () const;

    // Whether a part of the next frame was read already.
    bool has_more () const { return m_taken < m_buffer.size (); }

    int in () const { return m_in; }
    int out () const { return m_out; }

  private:
    std::size_t read_fully (char *into, std::size_t count);
    std::size_t read_some (char *into, std::size_t count);
    std::size_t take_buffered (char *into, std::size_t count);

    int m_in;
    int m_out;
    long m_process;
    // What was read already.  Small frames are read at once.
    std::vector<char> m_buffer;
    std::size_t m_taken = 0;
    // What is sent with the next frame.
    std::deque<message> m_held;
  };
}

#endif
