// SPDX-License-Identifier: MIT
// The CSV reader, against a table of states that knows no views and no buffers, and against its own output.

#include <forge_db/core/is_utf8.hpp>
#include <forge_db/seed/csv_reader.hpp>

#include "fuzz/fuzz_target.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace forge_db;

namespace {

struct value {
  std::string text{};
  bool quoted = false;
  friend bool operator==(value const&, value const&) = default;
};
using records = std::vector<std::vector<value>>;

bool is_text(std::string_view text) { return is_utf8(text) && text.find('\0') == std::string_view::npos; }

/// One character after the other; nothing where RFC 4180 is broken. `text` has neither NUL nor byte order mark.
std::optional<records> by_states(std::string_view text) {
  enum { line, field, plain, quoted, quote, carriage } state = line;
  records found;
  for (char const c : std::string(text) + '\0') {
    bool const end = c == '\0';
    if (state == carriage) {
      if (c != '\n') return std::nullopt;
      state = line;
      continue;
    }
    if (state == quoted && c != '"') {
      if (end) return std::nullopt;
      found.back().back().text += c;
      continue;
    }
    if (state == quoted) {
      state = quote;
      continue;
    }
    if (state == quote && c == '"') {
      found.back().back().text += c;
      state = quoted;
      continue;
    }
    if (state == line) {
      if (end) return found;
      if (c == '\n' || c == '\r') return std::nullopt;
      found.emplace_back().emplace_back();
      state = field;
    }
    if (c == ',') {
      found.back().emplace_back();
      state = field;
    } else if (c == '\n' || end) {
      state = line;
    } else if (c == '\r') {
      state = carriage;
    } else if (c == '"') {
      if (state != field) return std::nullopt;
      found.back().back().quoted = true;
      state = quoted;
    } else {
      if (state == quote) return std::nullopt;
      found.back().back().text += c;
      state = plain;
    }
  }
  return state == line ? std::optional(found) : std::nullopt;
}

std::optional<records> by_reader(std::string_view text) {
  records found;
  try {
    seed::csv_reader reader("a.csv", text);
    for (std::vector<seed::csv_field> record; reader.next(record);) {
      auto& fields = found.emplace_back();
      for (auto const& each : record) {
        fuzz::require(each.offset <= text.size(), "a field begins in the text");
        fields.push_back({std::string(each.text), each.quoted});
      }
    }
  } catch (invalid_value const& refused) {
    fuzz::require(refused.message().starts_with("forge_db: a.csv:"), "an error names its place");
    return std::nullopt;
  }
  return found;
}

std::string written(records const& all) {
  std::string text;
  for (auto const& record : all) {
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (i != 0) text += ',';
      if (!record[i].quoted) {
        text += record[i].text;
        continue;
      }
      text += '"';
      for (char const c : record[i].text) text += c == '"' ? "\"\"" : std::string(1, c);
      text += '"';
    }
    text += "\r\n";
  }
  return text;
}

}  // namespace

FORGE_DB_FUZZ(csv_text) {
  auto const found = by_reader(input);
  std::string_view const text = input.starts_with("\xef\xbb\xbf") ? input.substr(3) : input;
  fuzz::require(found == (is_text(text) ? by_states(text) : std::nullopt), "CSV is what the table of states reads");
  if (found && !written(*found).starts_with("\xef\xbb\xbf"))
    fuzz::require(by_reader(written(*found)) == found, "what was read is read again as it was written");
}
