// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/stable_hash.hpp>
#include <forge_db/schema/value_kind.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A place in an ordered list, whatever the list. Its values are what the database stores and not what rows make of it:
// a column may hold a time stamp in a form that reads well and sorts elsewhere.
namespace forge_db::detail {

/// One stored value: it can be read by codecs, like a row's, and bound again.
class cursor_value {
 public:
  cursor_value() = default;

  /// Takes the value of a column of the reader's current row; the memory that it has is used again.
  template <class Reader>
  void read(Reader& reader, int column) {
    kind_ = reader.kind(column);
    number_ = 0;
    bytes_.clear();
    switch (kind_) {
      case value_kind::null:
        break;
      case value_kind::integer:
        number_ = static_cast<std::uint64_t>(reader.int64(column));
        break;
      case value_kind::real:
        number_ = std::bit_cast<std::uint64_t>(reader.float64(column));
        break;
      case value_kind::text:
        bytes_ = reader.text(column);
        break;
      case value_kind::blob: {
        auto const data = reader.blob(column);
        bytes_.assign(reinterpret_cast<char const*>(data.data()), data.size());
      }
    }
  }
  static cursor_value of_number(value_kind kind, std::uint64_t bits) {
    cursor_value value;
    value.kind_ = kind;
    value.number_ = bits;
    return value;
  }
  static cursor_value of_bytes(value_kind kind, std::string_view bytes) {
    cursor_value value;
    value.kind_ = kind;
    value.bytes_ = bytes;
    return value;
  }

  // What codecs ask of a row: there is one column.
  [[nodiscard]] bool is_null(int = 0) const noexcept { return kind_ == value_kind::null; }
  [[nodiscard]] value_kind kind(int = 0) const noexcept { return kind_; }
  [[nodiscard]] std::int64_t int64(int = 0) const noexcept { return static_cast<std::int64_t>(number_); }
  [[nodiscard]] double float64(int = 0) const noexcept {
    return kind_ == value_kind::integer ? static_cast<double>(int64()) : std::bit_cast<double>(number_);
  }
  [[nodiscard]] std::string_view text(int = 0) const noexcept { return bytes_; }
  [[nodiscard]] std::span<std::byte const> blob(int = 0) const noexcept {
    return {reinterpret_cast<std::byte const*>(bytes_.data()), bytes_.size()};
  }
  [[nodiscard]] std::uint64_t bits() const noexcept { return number_; }

  /// Borrowed by the sink.
  template <class Sink>
  void bind(Sink& sink, int index) const {
    switch (kind_) {
      case value_kind::null:
        sink.null(index);
        break;
      case value_kind::integer:
        sink.int64(index, int64());
        break;
      case value_kind::real:
        sink.float64(index, float64());
        break;
      case value_kind::text:
        sink.text(index, bytes_);
        break;
      case value_kind::blob:
        sink.blob(index, blob());
    }
  }

  friend bool operator==(cursor_value const&, cursor_value const&) = default;

 private:
  value_kind kind_ = value_kind::null;
  std::uint64_t number_ = 0;  // an int64, or the bits of a double
  std::string bytes_{};
};

/// Between two rows: behind the row with these values, or before it. The values are those of the list's sort columns,
/// the key's last.
struct cursor_place {
  std::uint64_t list = 0;  ///< Which list: a hash of its table, its columns, and their directions.
  bool behind = true;
  std::vector<cursor_value> values{};

  friend bool operator==(cursor_place const&, cursor_place const&) = default;
};

}  // namespace forge_db::detail
