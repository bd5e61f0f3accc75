// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace forge_db::sqlite::detail {

/// Memory for bound values that have no storage of their own (a formatted time stamp, a list as JSON): it must stay
/// where it is until the statement is reset. The first few values cost no allocation.
class scratch_arena {
 public:
  std::span<char> take(std::size_t size) {
    if (size <= first_.size() - used_) [[likely]] {
      char* const at = first_.data() + used_;
      used_ += size;
      return {at, size};
    }
    more_.push_back(std::make_unique<char[]>(size));
    return {more_.back().get(), size};
  }

  void clear() noexcept {
    used_ = 0;
    if (!more_.empty()) [[unlikely]] {
      more_.clear();
    }
  }

 private:
  std::size_t used_ = 0;
  std::array<char, 256> first_;  // left uninitialised: only what take() handed out is ever read
  std::vector<std::unique_ptr<char[]>> more_;
};

}  // namespace forge_db::sqlite::detail
