// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/detail/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace promptforge_db {

/// Writes one JSON document, indented. The caller opens, closes and names in the right order.
class json_writer {
 public:
  json_writer& open_object() { return open('{'); }
  json_writer& close_object() { return close('}'); }
  json_writer& open_list() { return open('['); }
  json_writer& close_list() { return close(']'); }

  json_writer& key(std::string_view name) {
    separate();
    forge_db::detail::append_json_string(text_, name);
    text_ += ": ";
    after_key_ = true;
    return *this;
  }
  json_writer& value(std::string_view value) {
    separate();
    forge_db::detail::append_json_string(text_, readable(value));
    return *this;
  }
  json_writer& value(char const* text) { return value(std::string_view{text}); }
  json_writer& value(std::int64_t number) { return raw(std::to_string(number)); }
  json_writer& value(int number) { return raw(std::to_string(number)); }
  json_writer& value(bool flag) { return raw(flag ? "true" : "false"); }
  json_writer& null() { return raw("null"); }

  template <class T>
  json_writer& member(std::string_view name, T const& content) {
    key(name);
    return value(content);
  }

  std::string const& text() const noexcept { return text_; }

 private:
  /// File names and reported names of projects are whatever bytes they are; JSON is UTF-8. What is none becomes U+FFFD.
  static std::string readable(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
      char32_t code_point = 0;
      std::size_t const length = forge_db::detail::read_utf8(bytes, code_point);
      text += length != 0 ? bytes.substr(0, length) : std::string_view{"\xef\xbf\xbd"};
      bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
  }
  json_writer& raw(std::string_view text) {
    separate();
    text_ += text;
    return *this;
  }
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
    if (!first_) text_ += ',';
    if (depth_ != 0) new_line();
    first_ = false;
  }
  void new_line() {
    text_ += '\n';
    text_.append(depth_ * 2, ' ');
  }

  std::string text_;
  std::size_t depth_ = 0;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace promptforge_db
