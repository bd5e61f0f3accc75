// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <cerrno>
#include <cstddef>

#include <sys/random.h>
#if !defined(__linux__)
#include <unistd.h>
#endif

namespace forge_db::detail {

/// Fills `size` bytes (at most 256) from the kernel's generator. One system call and no buffer of our own: a buffer
/// would be copied by fork(), and parent and child would hand out the same numbers.
inline void fill_random(void* out, std::size_t size) {
#if defined(__linux__)
  auto* next = static_cast<unsigned char*>(out);
  while (size > 0) {
    ssize_t const got = ::getrandom(next, size, 0);
    if (got < 0) {
      if (errno == EINTR) continue;  // possible only before the kernel's pool is seeded
      throw io_error("forge_db: the system gives no random bytes", {.engine_code = errno});
    }
    next += got;
    size -= static_cast<std::size_t>(got);
  }
#else
  if (::getentropy(out, size) != 0) {
    throw io_error("forge_db: the system gives no random bytes", {.engine_code = errno});
  }
#endif
}

}  // namespace forge_db::detail
