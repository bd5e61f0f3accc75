// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/span_source.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace forge_db::detail {

/// A sink that writes down what is bound, so that two nodes of one type can be compared by their values.
class value_log {
 public:
  void null(int) { entry('n', {}); }
  void int64(int, std::int64_t value) { number('i', value); }
  void float64(int, double value) { number('f', value); }
  void text(int, std::string_view value) { entry('t', value); }
  void blob(int, std::span<std::byte const> value) {
    entry('b', {reinterpret_cast<char const*>(value.data()), value.size()});
  }
  /// By where it lies: equal elements elsewhere count as others.
  void span(int, span_source const& source) {
    number('s', source.data);
    number('c', source.count);
  }
  std::span<char> scratch(std::size_t size) {
    scratch_.resize(size);
    return scratch_;
  }

  [[nodiscard]] std::string const& text() const noexcept { return log_; }

 private:
  template <class T>
  void number(char kind, T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    entry(kind, {bytes, sizeof value});
  }
  void entry(char kind, std::string_view value) {
    log_ += kind;
    log_ += std::to_string(value.size());
    log_ += ':';
    log_ += value;
  }

  std::string log_{};
  std::string scratch_{};
};

/// True if two nodes bind the same values.
template <class Node, class Other>
bool bind_same_values(Node const& node, Other const& other) {
  value_log first;
  value_log second;
  int index = 1;
  node.bind(first, index);
  index = 1;
  other.bind(second, index);
  return first.text() == second.text();
}

}  // namespace forge_db::detail
