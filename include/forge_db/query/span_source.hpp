// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/schema/value_kind.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace forge_db {

/// Takes one cell of a span that is bound as a table: a sink like a statement, whose index is ignored. Text and bytes
/// are borrowed until the next cell, so they lie in the element or in scratch().
class cell_sink {
 public:
  void null(int = 0) noexcept { kind_ = value_kind::null; }

  void int64(int, std::int64_t value) noexcept {
    kind_ = value_kind::integer;
    integer_ = value;
  }

  /// Throws invalid_value for NaN, which the database would turn into NULL.
  void float64(int, double value) {
    if (value != value) [[unlikely]]
      refuse_nan();  // out of line, so that the rest is inlined
    kind_ = value_kind::real;
    real_ = value;
  }

  void text(int, std::string_view value) noexcept {
    kind_ = value_kind::text;
    bytes_ = value.data();
    size_ = value.size();
  }

  void blob(int, std::span<std::byte const> value) noexcept {
    kind_ = value_kind::blob;
    bytes_ = value.data();
    size_ = value.size();
  }

  /// Memory for a value that the element holds in another form.
  std::span<char> scratch(std::size_t size) {
    if (size > capacity_) {
      buffer_ = std::make_unique<char[]>(size);
      capacity_ = size;
    }
    return {buffer_.get(), size};
  }

  value_kind kind() const noexcept { return kind_; }
  std::int64_t as_int64() const noexcept { return integer_; }
  double as_float64() const noexcept { return real_; }
  void const* data() const noexcept { return bytes_; }
  std::size_t size() const noexcept { return size_; }

 private:
  [[noreturn]] static void refuse_nan();

  value_kind kind_ = value_kind::null;
  std::int64_t integer_ = 0;
  double real_ = 0;
  void const* bytes_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::unique_ptr<char[]> buffer_;
};

inline void cell_sink::refuse_nan() {
  throw invalid_value("forge_db: a bound value requires a number; NaN cannot be stored");
}

/// A contiguous sequence of elements seen as a table of up to 100 columns. It borrows the elements: they must stay
/// where they are until the statement that it is bound to is reset.
struct span_source {
  void const* data = nullptr;
  std::size_t count = 0;
  std::size_t stride = 0;  ///< Bytes from one element to the next.
  int columns = 1;
  void (*cell)(void const* element, int column,
               cell_sink& sink) = nullptr;  ///< May throw; the statement's step throws it on.
};

}  // namespace forge_db
