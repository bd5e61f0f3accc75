// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace promptforge::app {

/// What is known of the code that prompts are about: the object in context_profile, workspace_context and
/// codebase_context_snapshot. An empty field is one that is not there.
struct context {
  std::string language{};
  std::string framework{};
  std::string description{};
  std::string documentation{};
  std::string test_framework{};
  std::vector<std::string> conventions{};
  std::vector<std::string> patterns{};
  std::vector<std::string> code_snippets{};
  std::vector<std::string> test_patterns{};

  friend bool operator==(context const&, context const&) = default;
};

/// Reads what any program stored. Nothing for NULL, for what is no JSON or no object, and for objects without a known
/// key. Unknown keys and nulls are passed over; numbers and booleans become text (`True`, as the earlier program spelt
/// it). For a list, one text is a list of it, items that are no text become text, and another value drops the key; so
/// does a list or an object in the place of a text.
[[nodiscard]] std::optional<context> parse_context(std::optional<forge_db::json> const& stored);

/// What is stored: the filled fields only; nothing, which is NULL, where there is none. Throws invalid_value for text
/// that is not UTF-8.
[[nodiscard]] std::optional<forge_db::json> context_json(context const& from);

/// Field by field what `over` has, or else what `base` has; lists are replaced as a whole. Nothing of nothing.
[[nodiscard]] std::optional<context> merge(std::optional<context> const& base, std::optional<context> const& over);

/// What an optimization is given: the workspace's context, over it the project's profile, over it the request's.
[[nodiscard]] std::optional<context> resolve(std::optional<context> const& workspace,
                                             std::optional<context> const& profile,
                                             std::optional<context> const& request);

/// Which part of the nine fields is filled, to two decimals.
[[nodiscard]] double completeness(std::optional<context> const& of);

}  // namespace promptforge::app
