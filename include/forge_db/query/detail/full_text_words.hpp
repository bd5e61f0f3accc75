// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/storage.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace forge_db::storage {

/// Words that someone typed, as a full-text query. Only bound, never stored.
struct full_text_words : text {};

}  // namespace forge_db::storage

namespace forge_db {

namespace detail {

/// How long a query of `size` bytes of words can become.
constexpr std::size_t full_text_query_size(std::size_t size) { return 2 * size + 4; }

/// Writes the query that finds rows with all of the words, and with what stands in double quotes as a phrase; answers
/// its length. Everything is quoted, so that nothing is an operator or a syntax error: control characters, NUL among
/// them, are spaces, and no word at all is a query that finds nothing. FTS5 and websearch_to_tsquery() read the result
/// alike.
constexpr std::size_t write_full_text_query(std::string_view words, std::span<char> out) {
  auto const is_space = [](char character) {
    auto const code = static_cast<unsigned char>(character);
    return code <= 0x20 || code == 0x7F;
  };
  std::size_t size = 0;
  auto const put = [&](char character) { out[size++] = character; };
  bool phrase = false;
  while (!words.empty()) {
    std::size_t end = 0;
    while (end < words.size() && words[end] != '"' && (phrase || !is_space(words[end]))) ++end;
    std::string_view const part = words.substr(0, end);
    if (!std::all_of(part.begin(), part.end(), is_space)) {
      if (size > 0) put(' ');
      put('"');
      for (char const character : part) put(is_space(character) ? ' ' : character);
      put('"');
    }
    if (end < words.size() && words[end] == '"') phrase = !phrase;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  if (size == 0) {
    put('"');
    put('"');
  }
  return size;
}

}  // namespace detail

template <>
struct codec<std::string, storage::full_text_words> {
  template <class Sink>
  static void write(Sink& sink, int index, std::string_view words) {
    std::span<char> const query = sink.scratch(detail::full_text_query_size(words.size()));
    sink.text(index, {query.data(), detail::write_full_text_query(words, query)});
  }
};

}  // namespace forge_db
