// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/repository/detail/setting_statements.hpp>
#include <forge_db/repository/detail/setting_text.hpp>
#include <forge_db/repository/detail/tenant_values.hpp>
#include <forge_db/schema/codec_json.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

/// Which columns of a table hold settings, as repository_traits<Row>::settings: `settings:` of the spec. A setting is
/// found by Scope and Key, which are unique together.
template <class Scope, class Key, class Value>
struct settings_columns {
  using scope = Scope;
  using key = Key;
  using value = Value;
};

namespace detail {

inline constexpr std::size_t setting_key_limit = 255;

/// Throws invalid_value for what is no key: nothing, more than 255 bytes, spaces at an end, control characters.
inline void require_setting_key(std::string_view key, std::string_view table, std::string_view column) {
  bool usable = !key.empty() && key.size() <= setting_key_limit && key.front() != ' ' && key.back() != ' ';
  for (char const character : key) {
    auto const byte = static_cast<unsigned char>(character);
    usable = usable && byte >= 0x20 && byte != 0x7f;
  }
  if (usable) return;
  error_context context;
  context.table = table;
  context.column = column;
  throw invalid_value(
      "forge_db: a setting requires a key of 1 to 255 bytes without control characters, and without a space at its "
      "ends",
      std::move(context));
}

[[noreturn]] inline void refuse_setting(char const* message, std::string_view table, std::string_view column) {
  error_context context;
  context.table = table;
  context.column = column;
  throw decode_error(message, std::move(context));
}

}  // namespace detail

/// The settings of one scope: of an application, of a user. `settings.settings("app").set("theme", "dark")`.
///
/// Each call is one statement, and atomic: of two that set the same key the later one stays, and no increment is lost,
/// whichever thread or process it comes from. Keys have 1 to 255 bytes, no control characters and no space at an end;
/// others throw invalid_value. All throw what the session throws. It refers to the session and must not outlive it.
template <class Row, class Session>
class settings_of_scope {
  using parts = detail::setting_parts<Row>;

 public:
  settings_of_scope(Session& session, typename parts::scope_values scope)
      : session_(session), scope_(std::move(scope)) {}

  /// The setting, or nothing when it is not there. A stored `null` is nothing too, except as json. Throws decode_error
  /// when it is of another kind.
  template <class T>
  [[nodiscard]] std::optional<T> find(std::string const& key) const {
    static_assert(
        setting_type<T>,
        "forge_db: get() of a setting requires bool, a number, std::string, a vector of them, an enum or json "
        "as its type; take json and look into it");
    check(key);
    std::optional<json> const stored = session_.first(detail::get_setting<Row>{scope_, key});
    if (!stored || (!std::same_as<T, json> && detail::without_space(stored->text()) == "null")) return std::nullopt;
    auto value = detail::read_setting<T>(*stored);
    if (!value)
      refuse("forge_db: get() requires the setting to hold a value of the asked type; ask for json to see it");
    return value;
  }

  /// The setting, or `otherwise`. Throws decode_error when it is of another kind.
  template <class T>
  [[nodiscard]] T get(std::string const& key, T otherwise) const {
    std::optional<T> found = find<T>(key);
    return found ? *std::move(found) : std::move(otherwise);
  }
  [[nodiscard]] std::string get(std::string const& key, char const* otherwise) const {
    return get(key, std::string(otherwise));
  }

  /// Inserts the setting, or writes it over.
  template <class T>
  void set(std::string const& key, T const& value) const {
    check(key);
    if constexpr (std::convertible_to<T const&, std::string_view>) {
      session_.execute(detail::set_setting<Row>{scope_, key, detail::setting_json(std::string_view{value})});
    } else {
      static_assert(setting_type<T>,
                    "forge_db: set() of a setting requires bool, a number, text, a vector of std::string, an enum or "
                    "json as its value; make json of it");
      session_.execute(detail::set_setting<Row>{scope_, key, detail::setting_json(value)});
    }
  }

  /// Sets all of them, in their order, by one statement each; the other settings stay. What is refused is so
  /// before anything is written.
  void merge(std::span<setting const> values) const {
    for (setting const& one : values) check(one.key), static_cast<void>(detail::setting_json(one.value));
    for (setting const& one : values) session_.execute(detail::set_setting<Row>{scope_, one.key, one.value});
  }
  void merge(std::initializer_list<setting> values) const {
    merge(std::span<setting const>{values.begin(), values.size()});
  }

  /// Adds to an integer and answers the sum; a setting that is not there counts as 0. Throws decode_error, and changes
  /// nothing, when the setting is no integer or the sum is none of 64 bits.
  std::int64_t increment(std::string const& key, std::int64_t by = 1) const {
    check(key);
    json const added = detail::setting_json(by);
    std::optional<json> const sum = session_.first(detail::increment_setting<Row>{{scope_, key, added}});
    auto const value = sum ? detail::read_setting<std::int64_t>(*sum) : std::nullopt;
    if (!value)
      refuse(
          "forge_db: increment() requires the setting to hold an integer, and the sum to have 64 bits; set() writes it "
          "over");
    return *value;
  }

  /// False if it was not there.
  bool unset(std::string const& key) const {
    check(key);
    return session_.execute(detail::unset_setting<Row>{scope_, key}) > 0;
  }

  /// By key. Values are handed over as they are stored: one that is no JSON does not keep the others from being read.
  [[nodiscard]] std::vector<setting> all() const { return session_.all(detail::all_settings<Row>{scope_}); }

  /// Removes all of them, and says how many there were.
  std::int64_t clear() const { return session_.execute(detail::clear_settings<Row>{scope_}); }

 private:
  static void check(std::string const& key) { detail::require_setting_key(key, table<Row>::name, parts::key::name); }
  [[noreturn]] static void refuse(char const* message) {
    detail::refuse_setting(message, table<Row>::name, parts::value::name);
  }

  Session& session_;
  typename parts::scope_values scope_;
};

/// A repository of settings: `settings:` of the spec.
template <class Base>
class settings_functions : public Base {
  using row = typename Base::row_type;

 public:
  using Base::Base;

  /// The settings of the scope that the values name, in the order of `scope:`; without one, those of the table. The
  /// tenant of a table with a scope of its own is the repository's, and is not named. Throws invalid_value for an
  /// integer out of its column's range.
  template <class... Scope>
  [[nodiscard]] auto settings(Scope&&... scope) const {
    using columns = typename detail::setting_parts<row>::scope;
    using named = detail::without_tenant<columns>;
    constexpr bool are_all = sizeof...(Scope) == named::size;
    constexpr bool are_typed = detail::fit_columns<Scope...>(named{});
    static_assert(are_all,
                  "forge_db: settings() requires a value for each column of the settings' scope, in the spec's order, "
                  "and no more; give those");
    static_assert(are_typed,
                  "forge_db: settings() requires values of the types of the scope's columns, in the spec's order; make "
                  "an id of a number, as in MemberId{7}, or convert the value");
    if constexpr (are_all && are_typed) {
      return settings_of_scope<row, std::remove_reference_t<decltype(this->session())>>(
          this->session(), detail::key_with_tenant<row, columns>(this->standing(), std::forward<Scope>(scope)...));
    }
  }
};

}  // namespace forge_db
