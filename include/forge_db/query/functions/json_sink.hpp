// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/core/is_utf8.hpp>
#include <forge_db/query/detail/shifted_sink.hpp>
#include <forge_db/query/span_source.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace forge_db::detail {

/// Binds what Sink binds, but no text that JSON cannot hold: a document with it could not be read any more. At the time
/// of binding, since text is borrowed until then.
template <class Sink>
class json_sink : public spans_as<Sink> {
 public:
  explicit json_sink(Sink& sink) noexcept : sink_(sink) {}

  void null(int index) { sink_.null(index); }
  void int64(int index, std::int64_t value) { sink_.int64(index, value); }
  void float64(int index, double value) { sink_.float64(index, value); }
  void text(int index, std::string_view value) {
    if (!is_utf8(value)) {
      throw invalid_value(
          "forge_db: JSON requires the text in it to be UTF-8; ask is_utf8(), and store bytes elsewhere");
    }
    sink_.text(index, value);
  }
  void blob(int index, std::span<std::byte const> value) { sink_.blob(index, value); }
  void span(int index, span_source const& source) { sink_.span(index, source); }
  std::span<char> scratch(std::size_t size) { return sink_.scratch(size); }

 private:
  Sink& sink_;
};

}  // namespace forge_db::detail
