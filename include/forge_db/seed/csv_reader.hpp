// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/utf8.hpp>
#include <forge_db/core/error.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::seed {

/// A place in a text, counted from 1; columns are characters (code points), not bytes.
struct text_place {
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(text_place const&, text_place const&) = default;
};

/// A field of a CSV record. An empty one without quotes stands for NULL, `""` for empty text.
struct csv_field {
  std::string_view text{};  ///< Without its quotes; valid until the reader's next record.
  bool quoted = false;
  std::size_t offset = 0;  ///< Where it begins, in bytes; place_at() makes a line and a column of it.

  [[nodiscard]] bool is_null() const noexcept { return text.empty() && !quoted; }
};

/// Reads CSV by RFC 4180, strictly: fields are separated by commas; a field that holds commas, quotes or line ends is
/// quoted, with its quotes doubled; spaces belong to the field. Lines end in LF or CRLF, the last one may lack it; a
/// byte order mark is skipped. What other readers guess about is refused: a quote within an unquoted field, text
/// behind a closing quote, empty lines, a carriage return alone, NUL, and what is not UTF-8.
/// All errors are invalid_value, and name the place: `forge_db: seeds/books.csv:3:7: ...`, never what stands there.
class csv_reader {
 public:
  /// Borrows `text`; `name` is what errors call it. Throws unless all of the text is UTF-8 without NUL.
  csv_reader(std::string name, std::string_view text);

  /// Reads the next record into `record`; false at the end. The fields are valid until the next call.
  bool next(std::vector<csv_field>& record);

  [[nodiscard]] std::string const& name() const noexcept { return name_; }

  /// Costs a pass over the text: for errors.
  [[nodiscard]] text_place place_at(std::size_t offset) const noexcept;

  [[noreturn]] void refuse(std::size_t offset, std::string const& reason) const;

 private:
  void require_text() const;
  csv_field take_field();
  csv_field take_quoted();
  bool take(char character) noexcept;
  bool take_line_end() noexcept;

  std::string name_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::deque<std::string> unescaped_{};  // of the latest record; grows without moving what it holds
};

inline csv_reader::csv_reader(std::string name, std::string_view text) : name_(std::move(name)), text_(text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  require_text();
}

inline bool csv_reader::next(std::vector<csv_field>& record) {
  record.clear();
  unescaped_.clear();
  if (at_ == text_.size()) return false;
  std::size_t const start = at_;
  if (take_line_end()) refuse(start, "an empty line; remove it, or write \"\" for empty text");
  do record.push_back(take_field());
  while (take(','));
  if (!take_line_end() && at_ != text_.size()) {
    refuse(at_, text_[at_] == '\r' ? "a carriage return without a line feed; end lines in LF or CRLF"
                                   : "text behind a closing quote; double the quotes within a quoted field");
  }
  return true;
}

inline csv_field csv_reader::take_field() {
  std::size_t const start = at_;
  if (take('"')) return take_quoted();
  at_ = text_.find_first_of(",\r\n\"", start);
  if (at_ == std::string_view::npos) at_ = text_.size();
  if (at_ != text_.size() && text_[at_] == '"')
    refuse(at_, "a quote within an unquoted field; quote the field, and double the quotes in it");
  return {text_.substr(start, at_ - start), false, start};
}

/// Behind the opening quote.
inline csv_field csv_reader::take_quoted() {
  std::size_t const start = at_;
  std::string* unescaped = nullptr;
  for (std::size_t from = start;;) {
    std::size_t const quote = text_.find('"', from);
    if (quote == std::string_view::npos) refuse(start - 1, "a quote that is never closed; close it");
    at_ = quote + 1;
    std::string_view const piece = text_.substr(from, quote - from);
    bool const doubled = take('"');
    if (!doubled && unescaped == nullptr) return {piece, true, start - 1};
    if (unescaped == nullptr) unescaped = &unescaped_.emplace_back();
    unescaped->append(piece);
    if (!doubled) return {*unescaped, true, start - 1};
    unescaped->push_back('"');
    from = at_;
  }
}

inline bool csv_reader::take(char character) noexcept {
  if (at_ == text_.size() || text_[at_] != character) return false;
  ++at_;
  return true;
}

inline bool csv_reader::take_line_end() noexcept {
  if (text_.substr(at_).starts_with("\r\n")) {
    at_ += 2;
    return true;
  }
  return take('\n');
}

inline void csv_reader::require_text() const {
  for (std::size_t at = 0; at < text_.size();) {
    char32_t code_point = 0;
    std::size_t const length = detail::read_utf8(text_.substr(at), code_point);
    if (length == 0) refuse(at, "a byte that is not UTF-8; save the file as UTF-8");
    if (code_point == 0) refuse(at, "a NUL character, which is no text; save the file as UTF-8");
    at += length;
  }
}

inline text_place csv_reader::place_at(std::size_t offset) const noexcept {
  text_place place;
  for (char const character : text_.substr(0, offset)) {
    if (character == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(character) & 0xc0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

inline void csv_reader::refuse(std::size_t offset, std::string const& reason) const {
  text_place const place = place_at(offset);
  throw invalid_value("forge_db: " + name_ + ':' + std::to_string(place.line) + ':' + std::to_string(place.column) +
                      ": " + reason);
}

}  // namespace forge_db::seed
