// SPDX-License-Identifier: MIT
#include "call.hpp"

#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>

namespace kernel::http {

std::optional<std::string> call::query_text(std::string_view name) const {
  auto const found = query.find(name);
  return found == query.end() ? std::nullopt : std::optional(found->second);
}

std::int64_t call::query_number(std::string_view name, std::int64_t least, std::int64_t most,
                                std::int64_t otherwise) const {
  auto const text = query_text(name);
  if (!text) return otherwise;
  std::int64_t number = 0;
  auto const read = std::from_chars(text->data(), text->data() + text->size(), number);
  if (read.ec == std::errc{} && read.ptr == text->data() + text->size() && number >= least && number <= most) {
    return number;
  }
  bool const is_bounded = most != std::numeric_limits<std::int64_t>::max();
  throw refusal(422, std::string(name) + " has to be a whole number, " + std::to_string(least) +
                         (is_bounded ? " to " + std::to_string(most) : " or more"));
}

forge_db::offset_page call::query_page(std::int64_t most) const {
  forge_db::offset_page asked{.page = static_cast<std::size_t>(query_number("page", 1, 1'000'000'000, 1))};
  if (query_text("per_page")) asked.per_page = static_cast<std::size_t>(query_number("per_page", 1, most, 1));
  return asked;
}

}  // namespace kernel::http
