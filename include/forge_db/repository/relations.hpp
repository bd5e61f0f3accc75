// SPDX-License-Identifier: MIT
#pragma once

/// Start here: relations between tables. Generated headers `<table>_relations.hpp` include this one. relation.hpp is
/// what with() takes, loaded.hpp what it answers, load_relations.hpp how rows get their relations, and
/// link_statement.hpp how links of many_to_many relations are written.

#include <forge_db/core/error.hpp>
#include <forge_db/repository/link_statement.hpp>
#include <forge_db/repository/load_relations.hpp>
#include <forge_db/repository/loaded.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/relation.hpp>
#include <forge_db/repository/relation_functions.hpp>
#include <forge_db/repository/relation_query.hpp>
#include <forge_db/repository/repository.hpp>

#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace forge_db {

/// The reading functions of a repository, whose rows come with relations; made by `repository.with(...)`. Each relation
/// at every depth is one more statement, whatever the number of rows, and none when there are no rows. All throw what
/// the repository's function throws.
template <class Repository, class... Loads>
class loading_repository {
  using row = typename Repository::row_type;

 public:
  using loaded_type = loaded<row, typename Loads::slot_type...>;
  using key_type = typename Repository::key_type;
  using filter_type = typename Repository::filter_type;
  using sort_type = typename Repository::sort_type;

  loading_repository(Repository const& repository, std::tuple<Loads...> loads)
      : repository_(repository), loads_(std::move(loads)) {}

  [[nodiscard]] std::optional<loaded_type> find(key_type const& key) const {
    std::optional<row> found = repository_.find(key);
    if (!found) return std::nullopt;
    return load(*std::move(found));
  }

  /// Throws not_found if there is no such row.
  [[nodiscard]] loaded_type get(key_type const& key) const { return load(repository_.get(key)); }

  /// See repository::list.
  [[nodiscard]] page<loaded_type> list(filter_type const& filter = {},
                                       sort_type sort = repository_traits<row>::default_sort,
                                       std::optional<direction> way = std::nullopt, offset_page asked = {}) const {
    page<row> found = repository_.list(filter, sort, way, asked);
    return {load(std::move(found.rows)), found.total, found.number, found.size};
  }

  /// Rows that one has, with their relations: forge_db::load().
  [[nodiscard]] loaded_type load(row one) const {
    loaded_type result(std::move(one));
    detail::load_rows<loaded_type>(repository_.session(), std::span(&result, 1), loads_);
    return result;
  }
  template <detail::bindable_sequence Rows>
  [[nodiscard]] std::vector<loaded_type> load(Rows&& rows) const {
    std::vector<loaded_type> result = detail::as_loaded<loaded_type>(std::forward<Rows>(rows));
    detail::load_rows<loaded_type>(repository_.session(), result, loads_);
    return result;
  }

 private:
  Repository repository_;
  std::tuple<Loads...> loads_;
};

template <class Repository>
template <class... Relations>
auto relation_functions<Repository>::with(Relations... relations) const {
  static_assert(detail::check_loads<typename Repository::row_type, Relations...>());
  return loading_repository<Repository, detail::load_of<Relations>...>(
      self(), std::tuple(detail::as_load(std::move(relations))...));
}

}  // namespace forge_db
