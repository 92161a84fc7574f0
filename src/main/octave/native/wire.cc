// Copyright (C) 2026 The OPS developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include <signal.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#if ! defined (__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#  error "the native worker needs a little-endian machine"
#endif

namespace ops
{
  static const char magic[] = { 'O', 'P', 'S', 'W' };
  static const std::size_t header_size = 24;
  // POSIX promises 16, Linux and macOS allow 1024.
  static const std::size_t most_parts = 16;
  static const std::size_t buffer_size = 8192;

  template <typename T> T reader::number ()
  {
    T value;
    std::memcpy (&value, bytes (sizeof value), sizeof value);
    return value;
  }

  template std::uint16_t reader::number<std::uint16_t> ();
  template std::uint32_t reader::number<std::uint32_t> ();
  template std::uint64_t reader::number<std::uint64_t> ();

  const char * reader::bytes (std::uint64_t count)
  {
    if (count > left ())
      throw channel_error ("a payload ends too early");
    const char *begin = m_at;
    m_at += count;
    return begin;
  }

  void message::bytes (const void *data, std::size_t count)
  {
    if (count == 0)
      return;
    if (m_segments.empty () || m_segments.back ().borrowed)
      m_segments.push_back (segment { nullptr, 0, std::string (), nullptr });
    segment& last = m_segments.back ();
    last.own.append (static_cast<const char *> (data), count);
    last.size += count;
    m_size += count;
  }

  void message::borrow_from (const void *data, std::size_t count,
                             std::shared_ptr<void> owner)
  {
    m_segments.push_back (segment { data, count, std::string (), owner });
    m_size += count;
  }

  channel::channel (int in, int out)
    : m_in (in), m_out (out), m_process (::getpid ())
  { }

  std::size_t channel::take_buffered (char *into, std::size_t count)
  {
    count = std::min (count, m_buffer.size () - m_taken);
    std::copy_n (m_buffer.begin () + m_taken, count, into);
    m_taken += count;
    return count;
  }

  // At least one byte, unless the other side has closed the channel.
  std::size_t channel::read_some (char *into, std::size_t count)
  {
    ssize_t n;
    do
      n = ::read (m_in, into, count);
    while (n < 0 && errno == EINTR);
    if (n < 0)
      throw channel_error (std::string ("the channel cannot be read: ")
                           + std::strerror (errno));
    return n;
  }

  std::size_t channel::read_fully (char *into, std::size_t count)
  {
    std::size_t got = take_buffered (into, count);
    while (got < count)
      {
        std::size_t n;
        if (count - got >= buffer_size)
          n = read_some (into + got, count - got);
        else
          {
            m_buffer.resize (buffer_size);
            m_taken = 0;
            m_buffer.resize (read_some (m_buffer.data (), buffer_size));
            n = take_buffered (into + got, count - got);
          }
        if (n == 0)
          break;
        got += n;
      }
    return got;
  }

  static std::string in_hex (const char *bytes, std::size_t count)
  {
    static const char digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; i++)
      {
        unsigned char byte = bytes[i];
        text += digits[byte >> 4];
        text += digits[byte & 15];
      }
    return text;
  }

  bool channel::receive (frame& into)
  {
    char header[header_size];
    std::size_t got = read_fully (header, header_size);
    if (got == 0)
      return false;
    if (got != header_size || std::memcmp (header, magic, sizeof magic) != 0)
      throw channel_error ("this is no frame: " + in_hex (header, got));
    reader fields (header + sizeof magic, header_size - sizeof magic);
    into.kind = static_cast<frame_kind> (fields.u16 ());
    fields.u16 ();
    into.number = fields.u64 ();
    std::uint64_t size = fields.u64 ();
    if (size > into.payload.max_size ())
      throw std::bad_alloc ();
    into.payload.resize (size);
    got = read_fully (into.payload.data (), size);
    if (got != size)
      throw channel_error ("a frame ends after " + std::to_string (got) + " of "
                           + std::to_string (size) + " bytes");
    return true;
  }

  // A socket whose other end is gone answers an error, like a pipe under
  // sendmsg would not.
  static ssize_t write_some (int fd, struct iovec *parts, std::size_t count)
  {
    struct msghdr parted;
    std::memset (&parted, 0, sizeof parted);
    parted.msg_iov = parts;
    parted.msg_iovlen = count;
    ssize_t n = ::sendmsg (fd, &parted, MSG_NOSIGNAL);
    return n < 0 && errno == ENOTSOCK ? ::writev (fd, parts, count) : n;
  }

  // Write all of COUNT parts, which changes them.
  static void write_fully (int fd, struct iovec *parts, std::size_t count)
  {
    while (count > 0)
      {
        ssize_t n = write_some (fd, parts,
                                count < most_parts ? count : most_parts);
        if (n < 0)
          {
            if (errno == EINTR)
              continue;
            throw channel_error ("the server no longer reads");
          }
        std::size_t done = n;
        while (count > 0 && done >= parts->iov_len)
          {
            done -= parts->iov_len;
            parts++;
            count--;
          }
        if (count > 0)
          {
            parts->iov_base = static_cast<char *> (parts->iov_base) + done;
            parts->iov_len -= done;
          }
      }
  }

  static message header_of (frame_kind kind, std::uint64_t number,
                            std::size_t size)
  {
    message header;
    header.bytes (magic, sizeof magic);
    header.u16 (static_cast<std::uint16_t> (kind));
    header.u16 (0);
    header.u64 (number);
    header.u64 (size);
    return header;
  }

  bool channel::is_own () const
  {
    return ::getpid () == m_process;
  }

  void channel::hold (frame_kind kind, std::uint64_t number,
                      const message& payload)
  {
    m_held.push_back (header_of (kind, number, payload.m_size));
    m_held.push_back (payload);
  }

  void channel::send (frame_kind kind, std::uint64_t number,
                      const message& payload)
  {
    if (! is_own ())
      ::kill (::getpid (), SIGKILL);
    hold (kind, number, payload);
    std::vector<struct iovec> parts;
    for (const message& held : m_held)
      for (const message::segment& one : held.m_segments)
        {
          const void *data = one.borrowed ? one.borrowed : one.own.data ();
          parts.push_back ({ const_cast<void *> (data), one.size });
        }
    write_fully (m_out, parts.data (), parts.size ());
    m_held.clear ();
  }
}
