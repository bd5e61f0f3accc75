// SPDX-License-Identifier: MIT
#include "context.hpp"

#include <forge_db/core/json_value.hpp>
#include <forge_db/text/json_writer.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace promptforge::app {
namespace {

using texts = std::vector<std::string>;
constexpr std::array<std::pair<std::string_view, std::string context::*>, 5> text_fields{{
    {"language", &context::language},
    {"framework", &context::framework},
    {"description", &context::description},
    {"documentation", &context::documentation},
    {"test_framework", &context::test_framework},
}};
constexpr std::array<std::pair<std::string_view, texts context::*>, 4> list_fields{{
    {"conventions", &context::conventions},
    {"patterns", &context::patterns},
    {"code_snippets", &context::code_snippets},
    {"test_patterns", &context::test_patterns},
}};

std::string number_text(double number) {
  std::array<char, 32> digits{};
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  std::string text(digits.data(), end);
  return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

/// A value as the earlier program made text of it; what has parts, as JSON.
std::string text_of(boost::json::value const& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_bool()) return value.get_bool() ? "True" : "False";
  return value.is_double() ? number_text(value.get_double()) : boost::json::serialize(value);
}

/// False where the value has no place in a field of this kind.
bool read(boost::json::value const& value, std::string& field) {
  if (value.is_null() || value.is_array() || value.is_object()) return false;
  field = text_of(value);
  return true;
}
bool read(boost::json::value const& value, texts& field) {
  if (value.is_string()) field = {text_of(value)};
  if (!value.is_array()) return value.is_string();
  for (auto const& item : value.get_array()) {
    if (!item.is_null()) field.push_back(text_of(item));
  }
  return true;
}

template <class Visit>
void each_field(Visit const& visit) {
  for (auto const& [name, field] : text_fields) visit(name, field);
  for (auto const& [name, field] : list_fields) visit(name, field);
}

}  // namespace

std::optional<context> parse_context(std::optional<forge_db::json> const& stored) {
  if (!stored || !forge_db::json::try_parse(stored->text())) return std::nullopt;
  auto const value = forge_db::to_value(*stored);
  auto const* const object = value.if_object();
  if (object == nullptr) return std::nullopt;
  context found;
  bool known = false;
  each_field([&](std::string_view name, auto field) {
    auto const* const there = object->if_contains(name);
    if (there != nullptr && read(*there, found.*field)) known = true;
  });
  return known ? std::optional(std::move(found)) : std::nullopt;
}

std::optional<forge_db::json> context_json(context const& from) {
  if (from == context{}) return std::nullopt;
  forge_db::json_writer out(0);
  out.open_object();
  for (auto const& [name, field] : text_fields) {
    if (!(from.*field).empty()) out.key(name).value(from.*field);
  }
  for (auto const& [name, field] : list_fields) {
    if ((from.*field).empty()) continue;
    out.key(name).open_list();
    for (auto const& item : from.*field) out.value(item);
    out.close_list();
  }
  return forge_db::json::parse(out.close_object().text());
}

std::optional<context> merge(std::optional<context> const& base, std::optional<context> const& over) {
  if (!base || !over) return base ? base : over;
  context merged = *over;
  each_field([&](std::string_view, auto field) {
    if ((merged.*field).empty()) merged.*field = (*base).*field;
  });
  return merged;
}

std::optional<context> resolve(std::optional<context> const& workspace, std::optional<context> const& profile,
                               std::optional<context> const& request) {
  return merge(merge(workspace, profile), request);
}

double completeness(std::optional<context> const& of) {
  if (!of) return 0;
  int filled = 0;
  each_field([&](std::string_view, auto field) { filled += (*of.*field).empty() ? 0 : 1; });
  return std::round(filled * 100.0 / static_cast<double>(text_fields.size() + list_fields.size())) / 100;
}

}  // namespace promptforge::app
