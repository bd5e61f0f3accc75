// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/detail/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db {

namespace detail {

/// File names and texts of other programs are whatever bytes they are: those that are no UTF-8 become U+FFFD.
inline std::string readable(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    char32_t code_point = 0;
    std::size_t const length = read_utf8(bytes, code_point);
    text += length != 0 ? bytes.substr(0, length) : std::string_view{"\xef\xbf\xbd"};
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return text;
}

}  // namespace detail

/// What a json_writer does with text that is not UTF-8, which JSON cannot hold.
enum class not_utf8 {
  refuse,  ///< Throws invalid_value.
  replace  ///< Puts U+FFFD for each byte that fits nowhere.
};

/// Writes one JSON document. The caller opens, closes and names in the right order.
class json_writer {
 public:
  /// `indent`: spaces a level; 0 writes everything on one line.
  explicit json_writer(std::size_t indent = 2, not_utf8 bad_text = not_utf8::refuse)
      : indent_(indent), bad_text_(bad_text) {}

  json_writer& open_object() { return open('{'); }
  json_writer& close_object() { return close('}'); }
  json_writer& open_list() { return open('['); }
  json_writer& close_list() { return close(']'); }

  json_writer& key(std::string_view name) {
    separate();
    detail::append_json_string(text_, name);
    text_ += ": ";
    after_key_ = true;
    return *this;
  }
  json_writer& value(std::string_view value) {
    separate();
    if (bad_text_ == not_utf8::replace) {
      detail::append_json_string(text_, detail::readable(value));
    } else {
      detail::append_json_string(text_, value);
    }
    return *this;
  }
  json_writer& value(char const* text) { return value(std::string_view{text}); }
  json_writer& value(std::int64_t number) { return raw(std::to_string(number)); }
  json_writer& value(int number) { return raw(std::to_string(number)); }
  json_writer& value(bool flag) { return raw(flag ? "true" : "false"); }
  json_writer& null() { return raw("null"); }

  /// What is JSON already: a number that no C++ type holds exactly, a document within the document. Not checked.
  json_writer& raw(std::string_view text) {
    separate();
    text_ += text;
    return *this;
  }

  template <class T>
  json_writer& member(std::string_view name, T const& content) {
    key(name);
    return value(content);
  }

  std::string const& text() const& noexcept { return text_; }
  std::string text() && noexcept { return std::move(text_); }

 private:
  json_writer& open(char bracket) {
    separate();
    text_ += bracket;
    ++depth_;
    first_ = true;
    return *this;
  }
  json_writer& close(char bracket) {
    --depth_;
    if (!first_) new_line();
    text_ += bracket;
    first_ = false;
    return *this;
  }
  void separate() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (!first_) text_ += indent_ == 0 ? ", " : ",";
    if (depth_ != 0) new_line();
    first_ = false;
  }
  void new_line() {
    if (indent_ == 0) return;
    text_ += '\n';
    text_.append(depth_ * indent_, ' ');
  }

  std::size_t indent_;
  not_utf8 bad_text_;
  std::string text_;
  std::size_t depth_ = 0;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace forge_db
