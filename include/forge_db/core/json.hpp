// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_scanner.hpp>
#include <forge_db/core/error.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db {

/// JSON text, kept exactly as it is: spacing, member order and digits come back as they went in.
/// JSON is RFC 8259 in UTF-8, nested at most 512 deep, without lone surrogates. For access to what is inside, include
/// core/json_value.hpp. Equality is that of the text: `[1]` and `[ 1 ]` differ. A moved-from value holds no text.
class json {
 public:
  /// `null`
  json() : text_("null") {}

  /// Throws invalid_value, which names the offset of the first byte that does not fit, unless `text` is JSON.
  [[nodiscard]] static json parse(std::string text) {
    if (auto const offset = detail::find_json_error(text)) {
      throw invalid_value("forge_db: json::parse() requires its text to be JSON; byte " + std::to_string(*offset) +
                          (*offset == text.size() ? " is the end, and something is missing" : " does not fit"));
    }
    return unchecked(std::move(text));
  }

  /// Nothing unless `text` is JSON.
  [[nodiscard]] static std::optional<json> try_parse(std::string_view text) {
    if (detail::find_json_error(text)) return std::nullopt;
    return unchecked(std::string(text));
  }

  /// Takes `text` as it is: for what came out of a database, where another program may have put anything.
  [[nodiscard]] static json unchecked(std::string text) noexcept { return json(std::move(text)); }

  [[nodiscard]] std::string const& text() const& noexcept { return text_; }
  [[nodiscard]] std::string text() && noexcept { return std::move(text_); }

  friend bool operator==(json const&, json const&) = default;

 private:
  explicit json(std::string text) noexcept : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace forge_db
