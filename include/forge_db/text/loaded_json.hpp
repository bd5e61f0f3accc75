// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/loaded.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/text/to_json.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {

template <class Row, class... Slots>
void write_loaded_members(json_writer& out, loaded<Row, Slots...> const& row, bool skip_null);

/// The members of a related row: a row as it is, with relations of its own, or with its link.
template <table_row Row>
void write_related_members(json_writer& out, Row const& row, bool skip_null) {
  write_json_fields(out, row, skip_null, typename table<Row>::columns{});
}
template <class Row, class... Slots>
void write_related_members(json_writer& out, loaded<Row, Slots...> const& row, bool skip_null) {
  write_loaded_members(out, row, skip_null);
}
template <class Base, class Link>
void write_related_members(json_writer& out, linked<Base, Link> const& row, bool skip_null) {
  write_related_members(out, static_cast<Base const&>(row), skip_null);
  out.key("link");
  write_row(out, row[link_row], skip_null);
}

template <class Related>
void write_related(json_writer& out, Related const& row, bool skip_null) {
  out.open_object();
  write_related_members(out, row, skip_null);
  out.close_object();
}

template <relation_tag Tag, class Related>
void write_slot(json_writer& out, Tag, std::vector<Related> const& rows, bool skip_null) {
  out.key(Tag::name).open_list();
  for (Related const& row : rows) write_related(out, row, skip_null);
  out.close_list();
}
template <relation_tag Tag, class Related>
void write_slot(json_writer& out, Tag, std::optional<Related> const& row, bool skip_null) {
  if (row) {
    out.key(Tag::name);
    write_related(out, *row, skip_null);
  } else if (!skip_null) {
    out.key(Tag::name).null();
  }
}
template <relation_tag Tag>
void write_slot(json_writer& out, counted<Tag>, std::int64_t number, bool) {
  out.member(std::string(Tag::name) + "_count", number);
}

template <class Row, class... Slots>
void write_loaded_members(json_writer& out, loaded<Row, Slots...> const& row, bool skip_null) {
  write_json_fields(out, static_cast<Row const&>(row), skip_null, typename table<Row>::columns{});
  (write_slot(out, typename slot_content<Slots>::key{}, row[typename slot_content<Slots>::key{}], skip_null), ...);
}

template <class Loaded>
void write_loaded_rows(json_writer& out, std::span<Loaded const> rows, bool skip_null) {
  out.open_list();
  for (Loaded const& row : rows) write_related(out, row, skip_null);
  out.close_list();
}

}  // namespace detail

/// A row and what was loaded for it as a JSON object: the columns as to_json() of a row writes them, then each relation
/// by its name, as a list of objects, or an object or null; a number of rows as `<name>_count`; the row of a link table
/// as `link`. Throws as to_json() of a row does.
template <table_row Row, class... Slots>
[[nodiscard]] std::string to_json(loaded<Row, Slots...> const& row, json_options const& options = {}) {
  json_writer out{options.indent};
  detail::write_related(out, row, options.skip_null);
  return std::move(out).text();
}

/// Rows as a JSON list.
template <table_row Row, class... Slots>
[[nodiscard]] std::string to_json(std::vector<loaded<Row, Slots...>> const& rows, json_options const& options = {}) {
  json_writer out{options.indent};
  detail::write_loaded_rows(out, std::span<loaded<Row, Slots...> const>{rows}, options.skip_null);
  return std::move(out).text();
}

/// A page, as to_json() of a page of rows.
template <table_row Row, class... Slots>
[[nodiscard]] std::string to_json(page<loaded<Row, Slots...>> const& rows, json_options const& options = {}) {
  json_writer out{options.indent};
  out.open_object().key("rows");
  detail::write_loaded_rows(out, std::span<loaded<Row, Slots...> const>{rows.rows}, options.skip_null);
  out.member("total", rows.total);
  out.member("number", static_cast<std::int64_t>(rows.number)).member("size", static_cast<std::int64_t>(rows.size));
  out.close_object();
  return std::move(out).text();
}

}  // namespace forge_db
