// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/query/functions/time_bucket.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/bucket_row.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/schema/codec.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

/// How the fields of an answer are read, in their order.
template <class... Storages>
struct storage_list {
  static constexpr std::size_t size = sizeof...(Storages);
};

/// What generated code says of the struct that an analytics block answers:
///
///     row_type                        the rows that are measured
///     storages, names                 of the fields
///     is_grouped                      whether there is an answer for each group, or one for all rows
///     sqlite_head, sqlite_tail        the statement, cut where the conditions of the list stand; postgres_* likewise
///     time, unit                      (of buckets) the column and how it is cut; `\1` in the texts is its expression
///     last, begin, fills              (where only the last buckets count) how many, the field that tells where each
///                                     begins, and whether those without rows are answered
template <class Block>
struct analytics_traits;

namespace detail {

/// Writes `text` with the bucket's expression in the places for it.
template <class Traits>
void write_text(sql_writer& out, std::string_view text) {
  if constexpr (requires { typename Traits::time; }) {
    for (std::size_t at = text.find('\1'); at != std::string_view::npos; at = text.find('\1')) {
      out.text(text.substr(0, at));
      time_bucket_of<Traits::unit, node_for<typename Traits::time>>::render(out);
      text.remove_prefix(at + 1);
    }
  }
  out.text(text);
}

/// What an analytics block answers of the rows that a filter leaves. Borrows the filter.
template <class Block>
struct analytics_statement {
  using traits = analytics_traits<Block>;
  using measured_row = typename traits::row_type;
  using filters = typename repository_traits<measured_row>::filters;

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = true;
  static constexpr bool returns_rows = true;
  using row_type = Block;

  typename repository_traits<measured_row>::filter_type const& filter;
  [[no_unique_address]] standing<measured_row> conditions;

  [[nodiscard]] shape_mask mask() const { return mark_conditions(filter, filters{}, conditions); }

  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_with(target, mask, [](sql_writer&, sql_separator&) {});
  }

  template <class Sink>
  void bind(Sink& sink) const {
    bind_conditions<measured_row>(sink, filter, filters{}, conditions);
  }

  template <class Reader>
  static void decode(Reader& reader, Block& answer) {
    read(reader, answer, typename traits::storages{}, std::make_index_sequence<traits::storages::size>());
  }

 protected:
  template <class Render>
  static std::string join_with(dialect target, shape_mask const& mask, Render const& render_more) {
    return written_text(target, [&](sql_writer& out) {
      write_text<traits>(out, out.is_postgres() ? traits::postgres_head : traits::sqlite_head);
      sql_separator separate(" and ", " where ");
      render_conditions(out, separate, pieces_of<measured_row>, mask);
      render_more(out, separate);
      write_text<traits>(out, out.is_postgres() ? traits::postgres_tail : traits::sqlite_tail);
    });
  }

 private:
  template <class Reader, class... Storages, std::size_t... At>
  static void read(Reader& reader, Block& answer, storage_list<Storages...>, std::index_sequence<At...>) {
    auto const fields = fields_of<Block, sizeof...(Storages)>(answer);
    try {
      (read_field<Storages>(reader, static_cast<int>(At), field_at<At>(fields)), ...);
    } catch (decode_fault const& fault) {
      name_fault(fault, table<measured_row>::name, traits::names);
    }
  }
};

/// The same, of the rows whose time lies in the last buckets.
template <class Block>
struct last_buckets_statement : analytics_statement<Block> {
  using base = analytics_statement<Block>;
  using time = typename analytics_traits<Block>::time;

  bucket_row buckets;

  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return base::join_with(target, mask, [](sql_writer& out, sql_separator& separate) {
      separate(out);
      out.text(time::quoted);
      out.text(" >= ");
      out.parameter();
      separate(out);
      out.text(time::quoted);
      out.text(" < ");
      out.parameter();
    });
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int const index =
        bind_conditions<typename base::measured_row>(sink, this->filter, typename base::filters{}, this->conditions);
    bind_end(sink, index, 0);
    bind_end(sink, index + 1, buckets.size());
  }

 private:
  template <class Sink>
  void bind_end(Sink& sink, int index, int at) const {
    using value_type = typename time::value_type;
    using time_codec = codec<value_type, typename time::storage_type>;
    if constexpr (std::same_as<value_type, date>) {
      time_codec::write(sink, index, buckets.day(at));
    } else {
      time_codec::write(sink, index, buckets.moment(at));
    }
  }
};

template <class Block>
using block_filter = typename repository_traits<typename analytics_traits<Block>::row_type>::filter_type;

template <class Block, class Repository>
Block measured(Repository const& repository, block_filter<Block> const& filter) {
  return repository.session().one(analytics_statement<Block>{filter, repository.standing()});
}

template <class Block, class Repository>
std::vector<Block> measured_groups(Repository const& repository, block_filter<Block> const& filter) {
  return repository.session().all(analytics_statement<Block>{filter, repository.standing()});
}

/// Of every bucket one, in order; those that are not among `found` as they are made, all 0 or empty.
template <class Block>
std::vector<Block> with_empty_buckets(std::vector<Block> found, bucket_row const& buckets) {
  constexpr auto begin = analytics_traits<Block>::begin;
  std::vector<Block> all(static_cast<std::size_t>(buckets.size()));
  auto next = found.begin();
  for (int at = 0; at < buckets.size(); ++at) {
    Block& here = all[static_cast<std::size_t>(at)];
    if constexpr (std::same_as<std::remove_reference_t<decltype(here.*begin)>, date>) {
      here.*begin = buckets.day(at);
    } else {
      here.*begin = buckets.moment(at);
    }
    if (next != found.end() && *next.*begin == here.*begin) here = std::move(*next++);
  }
  return all;
}

template <class Block, class Repository>
std::vector<Block> last_buckets(Repository const& repository, block_filter<Block> const& filter, timestamp now) {
  using traits = analytics_traits<Block>;
  bucket_row const buckets(now, traits::unit, traits::last);
  auto found = repository.session().all(last_buckets_statement<Block>{{filter, repository.standing()}, buckets});
  if constexpr (traits::fills) {
    return with_empty_buckets<Block>(std::move(found), buckets);
  } else {
    return found;
  }
}

}  // namespace detail
}  // namespace forge_db
