// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/full_text_search.hpp>
#include <forge_db/repository/filter.hpp>

namespace forge_db {

/// The row has the words of the field, an optional text, as full_text::matches() finds them.
template <auto Member, class Index>
struct filter_match {
  static constexpr auto member = Member;
  static constexpr detail::filter_kind kind = detail::filter_kind::match;
  static constexpr auto columns = detail::match_texts<Index>;
  static constexpr detail::filter_piece piece() { return {kind, columns}; }
  using first_column = typename Index::key_column;
  using bound_as = storage::full_text_words;
};

}  // namespace forge_db
