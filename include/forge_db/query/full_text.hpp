// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/condition.hpp>
#include <forge_db/query/detail/full_text_words.hpp>
#include <forge_db/query/detail/render_match.hpp>
#include <forge_db/query/full_text_search.hpp>
#include <forge_db/query/parameter.hpp>
#include <forge_db/query/predicate.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace forge_db {

/// `articles::full_text.matches(words)`: the row has the words.
template <class Index, class Storage>
struct full_text_match : detail::predicate_base {
  detail::held_text words;

  explicit full_text_match(detail::held_text w) : words(std::move(w)) {}

  static constexpr void render(sql_writer& out) {
    constexpr bool typed = std::same_as<Storage, storage::full_text_words>;
    detail::render_match(out, table<typename Index::row_type>::quoted,
                         detail::match_pieces::of(detail::match_texts<Index>),
                         typed ? "websearch_to_tsquery" : "to_tsquery");
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    codec<std::string, Storage>::write(sink, index++, words.view());
  }
  template <class... Scope>
  static consteval bool belongs_to() {
    return column_ref<typename Index::key_column>::template belongs_to<Scope...>();
  }
};

/// Base of the generated full-text indexes:
///
///     struct full_text_t : forge_db::full_text<full_text_t> {
///       using row_type = Article;
///       using key_column = id_t;                                     // the rowid
///       using columns = forge_db::column_list<title_t, body_t>;
///       static constexpr std::string_view quoted = "\"articles_full_text\"";
///       static constexpr std::string_view configuration = "'simple'";   // of PostgreSQL
///     };
template <class Self>
struct full_text {
  /// A condition: the row has all of the words; what stands in double quotes is a phrase. The text may be anything that
  /// someone typed: nothing in it is an operator, and without a word it finds nothing.
  template <class Words>
  [[nodiscard]] auto matches(Words&& words) const {
    check<Words>();
    return full_text_match<Self, storage::full_text_words>(detail::held_text(std::forward<Words>(words)));
  }

  /// A condition in the engine's own language of queries, which differs between the dialects: that of FTS5, or
  /// to_tsquery(). A text that is wrong in it is a sql_error when the statement runs, so never give it what someone
  /// typed.
  template <class Query>
  [[nodiscard]] auto matches_unescaped(Query&& query) const {
    check<Query>();
    return full_text_match<Self, storage::text>(detail::held_text(std::forward<Query>(query)));
  }

  /// The rows that match, the best first (bm25 on SQLite, ts_rank on PostgreSQL), those alike by their key. It is a
  /// statement: where(), limit() and offset() go on.
  template <class Words>
  [[nodiscard]] auto search(Words&& words) const {
    check<Words>();
    return full_text_search<Self>(detail::held_text(std::forward<Words>(words)));
  }

 private:
  template <class Words>
  static consteval void check() {
    static_assert(detail::is_value_of<std::string, Words>(),
                  "forge_db: a full-text query requires words as text; convert the value");
  }
};

}  // namespace forge_db
