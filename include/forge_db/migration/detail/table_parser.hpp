// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/sql_tokens.hpp>
#include <forge_db/migration/detail/table_text.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db::migration::detail {

/// Reads the text of one CREATE TABLE. It relies on SQLite having accepted the text before.
class table_parser {
 public:
  explicit table_parser(std::string_view sql) : tokens_(tokens_of(sql)) {}

  std::optional<table_text> parse() {
    std::size_t at = 0;
    if (!word(at, "create")) return std::nullopt;
    ++at;
    if (word(at, "temp") || word(at, "temporary")) ++at;
    if (!word(at, "table")) return std::nullopt;
    ++at;
    if (word(at, "if")) at += 3;  // IF NOT EXISTS
    if (at + 2 < tokens_.size() && symbol(at + 1, ".")) at += 2;
    if (at + 1 >= tokens_.size() || !symbol(at + 1, "(")) return std::nullopt;
    table_.name = tokens_[at].value;
    std::size_t const open = at + 1;
    std::size_t const close = behind_bracket(tokens_, open) - 1;
    read_items(open + 1, close);
    for (std::size_t i = close + 1; i < tokens_.size(); ++i) {
      if (word(i, "strict")) table_.strict = true;
      if (word(i, "without")) table_.without_rowid = true;
    }
    if (table_.columns.empty()) return std::nullopt;
    return std::move(table_);
  }

 private:
  bool word(std::size_t at, std::string_view keyword) const {
    return at < tokens_.size() && tokens_[at].is_word(keyword);
  }
  bool symbol(std::size_t at, std::string_view s) const { return at < tokens_.size() && tokens_[at].is_symbol(s); }

  void read_items(std::size_t at, std::size_t end) {
    while (at < end) {
      std::size_t stop = at;
      while (stop < end && !symbol(stop, ",")) stop = next(stop);
      if (starts_table_constraint(at))
        read_constraints(at, stop);
      else
        read_column(at, stop);
      at = stop + 1;
    }
  }

  /// The next token at the same depth.
  std::size_t next(std::size_t at) const { return symbol(at, "(") ? behind_bracket(tokens_, at) : at + 1; }

  bool starts_table_constraint(std::size_t at) const {
    return word(at, "constraint") || (word(at, "primary") && word(at + 1, "key")) ||
           (word(at, "unique") && symbol(at + 1, "(")) || (word(at, "check") && symbol(at + 1, "(")) ||
           (word(at, "foreign") && word(at + 1, "key"));
  }

  bool starts_clause(std::size_t at) const {
    for (std::string_view keyword : {"constraint", "primary", "unique", "check", "collate", "references", "generated"})
      if (word(at, keyword)) return true;
    if (word(at, "as")) return !(word(at - 1, "always") && word(at - 2, "generated"));
    if (word(at, "default")) return !word(at - 1, "set");
    if (word(at, "null")) return !word(at - 1, "not") && !word(at - 1, "set") && !word(at - 1, "default");
    return word(at, "not") && word(at + 1, "null");
  }

  clause_kind kind_of(std::size_t at) const {
    if (word(at, "primary")) return clause_kind::primary_key;
    if (word(at, "not")) return clause_kind::not_null;
    if (word(at, "null")) return clause_kind::null;
    if (word(at, "unique")) return clause_kind::unique;
    if (word(at, "check")) return clause_kind::check;
    if (word(at, "default")) return clause_kind::default_value;
    if (word(at, "collate")) return clause_kind::collate;
    return word(at, "references") ? clause_kind::references : clause_kind::generated;
  }

  /// Past each `CONSTRAINT name`. SQLite accepts names that no constraint follows, or another name: only the last one
  /// directly before a constraint names something, and the others are left out.
  std::size_t behind_names(std::size_t at) const {
    while (word(at, "constraint")) at += 2;
    return at;
  }
  /// Where the text of the constraint at `keyword` begins, its name included, no earlier than `from`.
  static std::size_t named(std::size_t from, std::size_t keyword) { return keyword > from ? keyword - 2 : keyword; }

  void read_column(std::size_t at, std::size_t end) {
    column_text column{tokens_[at].value, {}, {}};
    std::size_t const type = at + 1;
    std::size_t clause = type;
    while (clause < end && !starts_clause(clause)) clause = next(clause);
    column.type = source(type, clause);
    while (clause < end) {
      std::size_t const keyword = behind_names(clause);
      if (keyword >= end) break;
      std::size_t stop = next(keyword);
      while (stop < end && !starts_clause(stop)) stop = next(stop);
      if (starts_clause(keyword))
        column.clauses.push_back({kind_of(keyword), unqualified(named(clause, keyword), stop)});
      else if (!column.clauses.empty())  // REFERENCES ... CONSTRAINT name DEFERRABLE
        column.clauses.back().text += ' ' + source(keyword, stop);
      clause = stop;
    }
    table_.columns.push_back(std::move(column));
  }

  /// SQLite accepts table constraints without commas between them.
  void read_constraints(std::size_t at, std::size_t end) {
    while (at < end) {
      std::size_t const keyword = behind_names(at);
      if (keyword >= end) break;
      std::size_t stop = next(keyword);
      while (stop < end && !starts_table_constraint(stop)) stop = next(stop);
      std::size_t open = keyword;
      while (open < stop && !symbol(open, "(")) ++open;
      constraint_text constraint{constraint_kind::check, {}, {}, unqualified(named(at, keyword), stop)};
      if (word(keyword, "check")) {
        constraint.expression = unqualified(open + 1, behind_bracket(tokens_, open) - 1);
      } else {
        constraint.kind = word(keyword, "primary")  ? constraint_kind::primary_key
                          : word(keyword, "unique") ? constraint_kind::unique
                                                    : constraint_kind::foreign_key;
        constraint.columns = names_in(open);
      }
      table_.constraints.push_back(std::move(constraint));
      at = stop;
    }
  }

  /// The first token of each item of a bracketed list.
  std::vector<std::string> names_in(std::size_t open) const {
    std::vector<std::string> names;
    std::size_t const end = behind_bracket(tokens_, open) - 1;
    for (std::size_t at = open + 1; at < end;) {
      names.push_back(tokens_[at].value);
      while (at < end && !symbol(at, ",")) at = next(at);
      ++at;
    }
    return names;
  }

  /// The text of tokens [begin, end) as written. Text that ends too early makes ends behind the last token.
  std::string source(std::size_t begin, std::size_t end) const {
    end = std::min(end, tokens_.size());
    if (begin >= end) return {};
    char const* const first = tokens_[begin].text.data();
    std::string_view const last = tokens_[end - 1].text;
    return {first, last.data() + last.size()};
  }

  /// The same without `table.` before columns: such a CHECK would name a table that does not exist while the new table
  /// carries its temporary name. REFERENCES clauses hold no dots and pass unchanged.
  std::string unqualified(std::size_t begin, std::size_t end) const {
    std::string text;
    std::size_t from = begin;
    for (std::size_t i = begin; i + 2 < end; ++i) {
      if (!tokens_[i].is_name() || !symbol(i + 1, ".") || !same_name(tokens_[i].value, table_.name)) continue;
      text += source(from, i);
      if (i > from) text += ' ';
      from = i + 2;
    }
    return text + source(from, end);
  }

  std::vector<token> tokens_;
  table_text table_;
};

inline std::optional<table_text> parse_table(std::string_view sql) { return table_parser{sql}.parse(); }

}  // namespace forge_db::migration::detail
