// SPDX-License-Identifier: MIT
#pragma once

// Text that breaks programs which paste, cut or guess, and how a refusal of it looks.

#include "support/catch.hpp"
#include "support/full_counts.hpp"

#include <forge_db/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace tests {

struct hostile_text {
  char const* name;
  std::string text;
  bool is_utf8 = true;

  bool has_nul() const { return text.find('\0') != std::string::npos; }
};

inline std::string every_byte() {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  return bytes;
}

/// The long one has 10 MB with FORGE_DB_FULL=1, and 1 MB where many functions are asked.
inline std::size_t long_size() { return is_full() ? 10'000'000 : 1'000'000; }

inline std::vector<hostile_text> hostile_texts(std::size_t long_one = long_size()) {
  return {{"empty", ""},
          {"quotes", R"('"`[]'' "" )"},
          {"injection", "'; drop table books; --"},
          {"wildcards", "%_%"},
          {"one wildcard", "_"},
          {"backslashes", R"(\ \\ \' \x00 \u0000)"},
          {"parameters", "? ?1 :a @b $c {} %s"},
          {"NUL alone", std::string(1, '\0')},
          {"NUL inside", std::string("a\0b\0", 4)},
          {"the last code point", "\U0010FFFF"},
          // NOLINTNEXTLINE(misc-misleading-bidirectional): misleading on purpose
          {"byte order mark, controls, direction", "\ufeff\r\n\t\x01\x7f\u202e\u2028"},
          {"a number", "1e999"},
          {"the word null", "NULL"},
          {"every byte", every_byte(), false},
          {"cut off in a code point", "\xf0\x9f\x98", false},
          {"overlong, surrogate, too large", "\xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80", false},
          {"the largest bytes", "\xff\xff", false},
          {"long", std::string(long_one, 'x')}};
}

/// Another text, which whoever cuts `text` at a NUL, or by a byte, takes for it.
inline std::string look_alike(std::string const& text) {
  if (text.empty()) return "#";
  return text.substr(0, std::min(text.find('\0'), text.size() - 1));
}

/// Calls `act`, which has to refuse its value with the column's name, as "books.tags".
template <class Act>
void refused(char const* column, Act act) {
  try {
    act();
    FAIL("not refused");
  } catch (forge_db::invalid_value const& failure) {
    CHECK_THAT(failure.what(), Catch::Matchers::ContainsSubstring(std::string("[") + column + "]"));
  }
}

}  // namespace tests
