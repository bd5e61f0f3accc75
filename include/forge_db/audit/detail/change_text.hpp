// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/patch.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/repository/detail/column_field.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/schema/secret_column.hpp>
#include <forge_db/text/detail/json_value_of.hpp>
#include <forge_db/text/json_writer.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

// What an audit trail says of a change, as JSON. Secret columns are named, their values are not.
namespace forge_db::detail {

inline constexpr std::string_view masked_value = "\"<secret>\"";

/// A field as JSON. Text that is not UTF-8 is shown with U+FFFD, a JSON column that holds none as text: a trail must
/// not keep a row from being repaired.
template <class C, class T>
std::string change_text(T const& value) {
  json_writer out{0, not_utf8::replace};
  if constexpr (std::same_as<T, json>) {
    if (json::try_parse(value.text())) return value.text();
    out.value(std::string_view{value.text()});
  } else {
    write_json<typename C::storage_type>(out, value);
  }
  return std::move(out).text();
}
template <class C, class T>
std::string change_text(std::optional<T> const& value) {
  return value ? change_text<C>(*value) : std::string("null");
}
template <class C, class T>
std::string change_text(patch<T> const& value) {
  return value.has_value() ? change_text<C>(value.value()) : std::string("null");
}

template <class C>
void write_change(json_writer& out, std::string_view text) {
  out.raw(is_secret<C> ? masked_value : text);
}

/// `{"name": "a", "size": 3}`: what a row holds, but NULLs.
template <class Row, class... C>
std::string row_changes(Row const& row, column_list<C...>) {
  json_writer out{0};
  out.open_object();
  auto const add = [&]<class Column>() {
    std::string const text = change_text<Column>(row_field<Column>(row));
    if (text == "null") return;
    out.key(Column::name);
    write_change<Column>(out, text);
  };
  (add.template operator()<C>(), ...);
  out.close_object();
  return std::move(out).text();
}

/// The members of what an update changed.
class difference_list {
 public:
  difference_list() { out_.open_object(); }

  template <class C>
  void add(std::string const& from, std::string const& to) {
    if (from == to) return;
    any_ = true;
    out_.key(C::name).open_object().key("from");
    write_change<C>(out_, from);
    out_.key("to");
    write_change<C>(out_, to);
    out_.close_object();
  }
  /// Nothing when nothing differs.
  std::optional<std::string> text() && {
    out_.close_object();
    if (!any_) return std::nullopt;
    return std::move(out_).text();
  }

 private:
  json_writer out_{0};
  bool any_ = false;
};

/// `{"name": {"from": "a", "to": "b"}}`: what a patch changes of a row; nothing when it changes nothing.
template <class Row, class Patch, class... C>
std::optional<std::string> patch_changes(Row const& row, Patch const& changes, column_list<C...>) {
  difference_list differences;
  auto const add = [&]<class Column>() {
    if constexpr (is_patched<Row, Column>()) {
      auto const& field = patch_field<Column>(changes);
      if (!is_set(field)) return;
      differences.template add<Column>(change_text<Column>(row_field<Column>(row)), change_text<Column>(field));
    }
  };
  (add.template operator()<C>(), ...);
  return std::move(differences).text();
}

/// The same of a row that was written as a whole, but for what the repository writes by itself.
template <class Row, class... C>
std::optional<std::string> row_differences(Row const& before, Row const& after, column_list<C...>) {
  difference_list differences;
  auto const add = [&]<class Column>() {
    if constexpr (is_patched<Row, Column>() && !contains_column<Column>(typename table<Row>::on_update_now{})) {
      differences.template add<Column>(change_text<Column>(row_field<Column>(before)),
                                       change_text<Column>(row_field<Column>(after)));
    }
  };
  (add.template operator()<C>(), ...);
  return std::move(differences).text();
}

template <class C, class T>
std::string key_part_text(T const& value) {
  if constexpr (std::same_as<T, std::string>) {
    return value;
  } else {
    std::string text = change_text<C>(value);
    return text.front() == '"' ? text.substr(1, text.size() - 2) : text;
  }
}
template <class Key, class C>
std::string logged_key(Key const& key, column_list<C>) {
  return key_part_text<C>(key);
}
/// A key as text: its parts with ", " between them.
template <class Key, class... C>
std::string logged_key(Key const& key, column_list<C...>) {
  std::string text;
  auto const add = [&text](std::string const& part) { text += (text.empty() ? "" : ", ") + part; };
  std::apply([&](auto const&... part) { (add(key_part_text<C>(part)), ...); }, key);
  return text;
}

}  // namespace forge_db::detail
