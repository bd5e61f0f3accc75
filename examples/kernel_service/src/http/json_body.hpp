// SPDX-License-Identifier: MIT
#pragma once

#include "refusal.hpp"

#include <forge_db/core/json.hpp>
#include <forge_db/core/patch.hpp>
#include <forge_db/core/uuid.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kernel::http {

/// The JSON object of a request's body. What is not of its type is a refusal 422 that names the member; a member that
/// is null counts as missing, unless it is asked for as a patch.
class json_body {
 public:
  json_body() = default;
  /// Throws refusal: 422 for what is no JSON object and for numbers that no double holds, 400 for an object with two
  /// members of one name. An empty body is an object without members.
  explicit json_body(std::string_view text);

  [[nodiscard]] bool is_given() const noexcept { return given_; }
  [[nodiscard]] boost::json::object const& members() const noexcept { return object_; }

  /// Throws refusal 422 for a member that is none of these: it would be ignored.
  void require_known(std::span<std::string_view const> names) const;

  /// Required, and not empty.
  [[nodiscard]] std::string name(std::string_view member) const;
  [[nodiscard]] std::string text(std::string_view member) const;
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view member) const;
  [[nodiscard]] std::optional<std::string> optional_name(std::string_view member) const;
  [[nodiscard]] std::optional<std::int32_t> optional_number(std::string_view member) const;
  [[nodiscard]] boost::json::object object(std::string_view member) const;
  [[nodiscard]] std::optional<forge_db::json> optional_object(std::string_view member) const;
  /// An object, null, or unset.
  [[nodiscard]] forge_db::patch<forge_db::json> object_patch(std::string_view member) const;

  template <class Id>
  [[nodiscard]] std::optional<Id> optional_id(std::string_view member) const {
    auto const text = optional_text(member);
    if (!text || text->empty()) return std::nullopt;  // the original takes an empty text for the root, too
    auto const value = forge_db::parse_uuid(*text);
    if (!value) throw refusal(422, std::string(member) + " has to be a uuid");
    return Id{*value};
  }

 private:
  boost::json::object object_;
  bool given_ = false;
};

}  // namespace kernel::http
