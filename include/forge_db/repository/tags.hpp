// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/repository/detail/json_item.hpp>
#include <forge_db/repository/detail/tag_statements.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {

template <class First, class... More>
First first_tag_column(column_list<First, More...>);

/// Throws invalid_value for what is no tag: nothing, text that is not UTF-8, and with NUL bytes, which JSON functions
/// see half of.
inline void require_tag(std::string const& tag, std::string_view table, std::string_view column) {
  if (!tag.empty() && is_json_item(tag)) return;
  error_context context;
  context.table = table;
  context.column = column;
  throw invalid_value("forge_db: a tag requires to be UTF-8 of 1 byte or more, without NUL bytes; leave it out",
                      std::move(context));
}

}  // namespace detail

/// A repository whose rows have tags, each a JSON list of text: `tags:` of the spec. A change is one statement on the
/// database's own list, so that two that add at once both stay. A list holds no tag twice after a change, in the order
/// in which they came; a nullable column that gets empty is NULL. What is no list is not written over: sql_error. An
/// optimistic lock gets its next version, whichever the row had; an audit trail a line for each row that changed.
///
/// C is the column, the first of the spec's unless it is named: `repository.template add_tags<files::labels_t>(...)`.
template <class Base>
class tag_functions : public Base {
  using row = typename Base::row_type;
  using columns = typename repository_traits<row>::tags;
  using first_column = decltype(detail::first_tag_column(columns{}));
  static constexpr bool audited = requires { typename repository_traits<row>::audit; };

 public:
  using Base::Base;
  using typename Base::filter_type;
  using typename Base::key_type;

  /// Appends those that the row has not; false if there is no such row. Throws invalid_value for an empty tag.
  template <class C = first_column>
  bool add_tags(key_type const& key, std::span<std::string const> tags) const {
    return change<detail::add_tags_statement<C>, C>(key, tags);
  }
  template <class C = first_column>
  bool add_tags(key_type const& key, std::initializer_list<std::string> tags) const {
    return add_tags<C>(key, std::span<std::string const>{tags.begin(), tags.size()});
  }

  /// False if there is no such row.
  template <class C = first_column>
  bool remove_tags(key_type const& key, std::span<std::string const> tags) const {
    return change<detail::remove_tags_statement<C>, C>(key, tags);
  }
  template <class C = first_column>
  bool remove_tags(key_type const& key, std::initializer_list<std::string> tags) const {
    return remove_tags<C>(key, std::span<std::string const>{tags.begin(), tags.size()});
  }

  /// In every row that has `from`, `to` stands in its place, once; says how many rows that are.
  template <class C = first_column>
  std::int64_t rename_tag(std::string const& from, std::string const& to) const {
    static_assert(
        !audited,
        "forge_db: rename_tag() of an audited table is not supported yet; use remove_tags() and add_tags() of "
        "each row");
    check<C>(from);
    check<C>(to);
    return this->session().execute(detail::rename_tag_statement<C>{from, to, this->standing()});
  }

  /// The tags of the rows that the filter leaves, the most used first, those alike by name. A tag that another program
  /// put twice into a list counts twice.
  template <class C = first_column>
  [[nodiscard]] std::vector<tag_count> tag_counts(filter_type const& filter = {},
                                                  std::size_t limit = std::numeric_limits<std::int32_t>::max()) const {
    static_assert(contains<C>(), "forge_db: tag_counts() requires a column of `tags:` in the spec; name it there");
    return this->session().all(
        detail::count_tags_statement<C>{filter, static_cast<std::int64_t>(limit), this->standing()});
  }

 private:
  template <class C>
  static consteval bool contains() {
    return detail::contains_column<C>(columns{});
  }
  template <class C>
  static void check(std::string const& tag) {
    static_assert(contains<C>(), "forge_db: a change of tags requires a column of `tags:` in the spec; name it there");
    detail::require_tag(tag, table<row>::name, C::name);
  }
  template <class Statement, class C>
  bool change(key_type const& key, std::span<std::string const> tags) const {
    for (std::string const& tag : tags) check<C>(tag);
    std::string const list = detail::write_string_list(tags);
    auto const run = [&] { return this->session().execute(Statement{{key, list, this->standing()}}) > 0; };
    if constexpr (audited) {
      return Base::logged_change(key, run);
    } else {
      return run();
    }
  }
};

}  // namespace forge_db
