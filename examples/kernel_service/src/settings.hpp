// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/json.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/settings.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kernel::app {

/// Settings of one application, by key.
struct setting_list {
  std::vector<forge_db::setting> settings{};
  std::vector<std::string> unreadable{};  ///< Keys among them whose stored value is no JSON; they are left out above.
  std::int64_t total = 0;                 ///< Of all pages.
};

/// AppSettingsRepository: the settings of one application. Values are JSON. Keys have 1 to 255 bytes, no control
/// characters and no space at an end; others throw invalid_value.
///
/// Each call but set_all() is one statement: of two that set a key at once, the later one stays, and neither fails. A
/// value that another program stored and that is no JSON costs its own key only.
///
/// Takes a session of either kind, which must outlive it; what writes is there in a write session only.
template <class Session>
class settings {
 public:
  settings(Session& session, std::string app);

  /// All settings, in the order of their keys: at most 1000 a page, which is the default.
  [[nodiscard]] setting_list get_all(forge_db::offset_page asked = {}) const;

  /// Nothing if there is no such key; a stored `null` is `null`. Throws decode_error for a value that is no JSON.
  [[nodiscard]] std::optional<forge_db::json> get(std::string const& key) const;

  /// Inserts the setting or writes it over; a value that was there keeps its created_at. Throws invalid_value for what
  /// is no JSON.
  void set(std::string const& key, forge_db::json const& value) const requires Session::can_write;

  /// Sets these and leaves the others, in their order. All are checked before the first is written.
  void set_all(std::span<forge_db::setting const> values) const requires Session::can_write;

  /// AppSettingsRepository.delete: false if it was not there.
  bool remove(std::string const& key) const requires Session::can_write;

  /// Removes all settings of the application, and says how many.
  std::int64_t reset() const requires Session::can_write;

 private:
  Session& session_;
  std::string app_;
};

extern template class settings<forge_db::sqlite::read_session>;
extern template class settings<forge_db::sqlite::write_session>;

}  // namespace kernel::app
