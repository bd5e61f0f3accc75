// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/condition.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/detail/full_text_words.hpp>
#include <forge_db/query/detail/render_match.hpp>
#include <forge_db/query/held_value.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/query/row_limit.hpp>
#include <forge_db/query/row_view.hpp>
#include <forge_db/query/statement.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db {

namespace detail {

template <class Index, class... Columns>
consteval auto match_texts_of(column_list<Columns...>) {
  return std::array<std::string_view, 3 + sizeof...(Columns)>{Index::quoted, Index::configuration,
                                                              Index::key_column::quoted, Columns::quoted...};
}
/// What match_pieces::of() takes.
template <class Index>
inline constexpr auto match_texts = match_texts_of<Index>(typename Index::columns{});

}  // namespace detail

/// The rows that match some words, the best first; `articles::full_text.search(words)` makes it. Each clause may be
/// said once.
template <class Index, class Where = detail::every_row, class Limit = detail::no_count, class Offset = detail::no_count>
class full_text_search {
  using row = typename Index::row_type;

 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = row;
  template <class Reader>
  using view_type = row_view<row, Reader>;

  explicit full_text_search(detail::held_text words, Where where = {}, Limit limit = {}, Offset offset = {})
      : words_(std::move(words)), where_(std::move(where)), limit_(limit), offset_(offset) {}

  /// Only rows that also satisfy the condition.
  template <class P>
  [[nodiscard]] auto where(P condition) const {
    static_assert(std::same_as<Where, detail::every_row>,
                  "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(detail::check_where<P, row>());
    if constexpr (predicate<P>) {
      static_assert(!P::has_choice, "forge_db: a search requires conditions without when(); select with matches()");
    }
    return full_text_search<Index, P, Limit, Offset>(words_, std::move(condition), limit_, offset_);
  }

  /// At most `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] auto limit(std::int64_t rows) const {
    static_assert(std::same_as<Limit, detail::no_count>,
                  "forge_db: limit() requires to be the only one; remove the other");
    return full_text_search<Index, Where, detail::row_count, Offset>(
        words_, where_, detail::checked_count(rows, "forge_db: limit() requires its argument to be 0 or more"),
        offset_);
  }

  /// Passes over the first `rows` rows. Throws invalid_value if it is negative.
  [[nodiscard]] auto offset(std::int64_t rows) const {
    static_assert(std::same_as<Offset, detail::no_count>,
                  "forge_db: offset() requires to be the only one; remove the other");
    return full_text_search<Index, Where, Limit, detail::row_count>(
        words_, where_, limit_,
        detail::checked_count(rows, "forge_db: offset() requires its argument to be 0 or more"));
  }

  static constexpr void render(sql_writer& out) {
    constexpr auto pieces = detail::match_pieces::of(detail::match_texts<Index>);
    detail::render_ranked(out, table<row>::quoted, table<row>::select_list, pieces,
                          [](sql_writer& to, sql_separator separate) {
                            if constexpr (predicate<Where>) {
                              separate(to);
                              detail::render_operand_of<Where, 2>(to);
                            }
                          });
    detail::render_limit<Limit, Offset>(out);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    codec<std::string, storage::full_text_words>::write(sink, index++, words_.view());
    where_.bind(sink, index);
    limit_.bind(sink, index);
    offset_.bind(sink, index);
  }

  template <class Reader>
  static void decode(Reader& reader, row& into) {
    decode_row<row>(reader, into);
  }

 private:
  detail::held_text words_;
  [[no_unique_address]] Where where_;
  [[no_unique_address]] Limit limit_;
  [[no_unique_address]] Offset offset_;
};

}  // namespace forge_db
