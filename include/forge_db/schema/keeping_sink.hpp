// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace forge_db::detail {

/// A sink for values that end before the statement runs: copies what codecs would lend.
template <class Sink>
class keeping_sink {
 public:
  explicit keeping_sink(Sink& sink) : sink_(sink) {}

  void null(int index) { sink_.null(index); }
  void int64(int index, std::int64_t value) { sink_.int64(index, value); }
  void float64(int index, double value) { sink_.float64(index, value); }
  void text(int index, std::string_view value) {
    auto const kept = sink_.scratch(value.size());
    std::copy(value.begin(), value.end(), kept.begin());
    sink_.text(index, {kept.data(), kept.size()});
  }
  void blob(int index, std::span<std::byte const> value) {
    auto const kept = std::as_writable_bytes(sink_.scratch(value.size()));
    std::copy(value.begin(), value.end(), kept.begin());
    sink_.blob(index, kept);
  }
  // Whoever writes through scratch writes once more through text(), so it needs memory of its own here.
  std::span<char> scratch(std::size_t size) {
    own_.resize(size);
    return own_;
  }

 private:
  Sink& sink_;
  std::vector<char> own_{};
};

}  // namespace forge_db::detail
