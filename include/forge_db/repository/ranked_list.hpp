// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/full_text_search.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/page.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace forge_db {

namespace detail {

/// A page of the rows that have the words and that a filter leaves, the best first. Borrows words and filter.
template <class Row>
struct ranked_statement : whole_row_result<Row> {
  using traits = repository_traits<Row>;

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = true;

  std::string_view words;
  typename traits::filter_type const& filter;
  row_window window;
  [[no_unique_address]] standing<Row> conditions;

  [[nodiscard]] shape_mask mask() const { return mark_conditions(filter, typename traits::filters{}, conditions); }

  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return written_text(target, [&](sql_writer& out) {
      render_ranked(
          out, table<Row>::quoted, table<Row>::select_list, match_pieces::of(match_texts<typename traits::full_text>),
          [&](sql_writer& to, sql_separator separate) { render_conditions(to, separate, pieces_of<Row>, mask); });
      out.text(" limit ");
      out.parameter();
      out.text(" offset ");
      out.parameter();
    });
  }

  template <class Sink>
  void bind(Sink& sink) const {
    codec<std::string, storage::full_text_words>::write(sink, 1, words);
    int const index = bind_conditions<Row>(sink, filter, typename traits::filters{}, conditions, 2);
    sink.int64(index, window.limit);
    sink.int64(index + 1, window.offset);
  }
};

}  // namespace detail

/// A layer around a repository whose table has a full text.
template <class Base>
class ranked_list : public Base {
  using row = typename Base::row_type;
  using traits = repository_traits<row>;

 public:
  using Base::Base;

  /// The rows that have the words, as full_text::matches() finds them, and that the filter leaves, the best first.
  /// Throws invalid_value for a page as list() does.
  [[nodiscard]] std::vector<row> search(std::string_view words, typename traits::filter_type const& filter = {},
                                        offset_page const& asked = {}) const {
    auto const window = detail::window_of(asked, traits::default_page_size, traits::max_page_size, {"search()"});
    return this->session().all(detail::ranked_statement<row>{{}, words, filter, window, this->standing()});
  }
};

}  // namespace forge_db
