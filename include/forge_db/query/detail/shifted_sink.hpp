// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/span_source.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db::detail {

/// How many parameters a span is: one; or, of a sink that says so, one for each of its columns.
template <class Sink>
[[nodiscard]] int parameters_of([[maybe_unused]] span_source const& source) noexcept {
  if constexpr (requires { Sink::binds_span_columns; }) {
    return source.columns;
  } else {
    return 1;
  }
}

/// Says of a sink around Sink what Sink says.
template <class Sink>
struct spans_as {};
template <class Sink>
  requires requires { Sink::binds_span_columns; }
struct spans_as<Sink> {
  static constexpr bool binds_span_columns = true;
};

/// A statement that stands behind another one's values: its first one is bound behind them.
template <class Sink>
class shifted_sink : public spans_as<Sink> {
 public:
  shifted_sink(Sink& sink, int by) noexcept : sink_(sink), by_(by) {}

  void null(int index) { sink_.null(at(index)); }
  void int64(int index, std::int64_t value) { sink_.int64(at(index), value); }
  void float64(int index, double value) { sink_.float64(at(index), value); }
  void text(int index, std::string_view value) { sink_.text(at(index), value); }
  void blob(int index, std::span<std::byte const> value) { sink_.blob(at(index), value); }
  void span(int index, span_source const& source) {
    sink_.span(at(index), source);
    last_ += parameters_of<Sink>(source) - 1;
  }
  std::span<char> scratch(std::size_t size) { return sink_.scratch(size); }

  /// Behind the last value that was bound.
  [[nodiscard]] int next() const noexcept { return by_ + last_ + 1; }

 private:
  int at(int index) noexcept {
    if (index > last_) last_ = index;
    return by_ + index;
  }

  Sink& sink_;
  int by_;
  int last_ = 0;
};

}  // namespace forge_db::detail
