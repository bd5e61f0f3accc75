// SPDX-License-Identifier: MIT
#include "settings.hpp"

#include <forge_db/session/session.hpp>

#include <kernel/app_settings_repository.hpp>
#include <utility>

namespace kernel::app {
namespace {

constexpr std::size_t most_settings = 1000;

template <class Session>
auto stored(Session& session, std::string const& app) {
  return AppSettingRepository{session}.settings(app);
}

}  // namespace

template <class Session>
settings<Session>::settings(Session& session, std::string app) : session_(session), app_(std::move(app)) {}

template <class Session>
setting_list settings<Session>::get_all(forge_db::offset_page asked) const {
  asked.per_page = asked.per_page.value_or(most_settings);
  auto const page =
      AppSettingRepository{session_}.list({.app_id = app_}, AppSettingSort::key, forge_db::direction::ascending, asked);
  setting_list all{.total = page.total};
  for (AppSetting const& row : page.rows) {
    if (forge_db::json::try_parse(row.value.text())) {
      all.settings.push_back({row.key, row.value});
    } else {
      all.unreadable.push_back(row.key);
    }
  }
  return all;
}

template <class Session>
std::optional<forge_db::json> settings<Session>::get(std::string const& key) const {
  auto value = stored(session_, app_).template find<forge_db::json>(key);
  if (value && !forge_db::json::try_parse(value->text())) {
    throw forge_db::decode_error("The stored value of the setting is no JSON",
                                 {.table = "app_settings", .column = "value"});
  }
  return value;
}

template <class Session>
void settings<Session>::set(std::string const& key, forge_db::json const& value) const requires Session::can_write {
  stored(session_, app_).set(key, value);
}

template <class Session>
void settings<Session>::set_all(std::span<forge_db::setting const> values) const requires Session::can_write {
  stored(session_, app_).merge(values);
}

template <class Session>
bool settings<Session>::remove(std::string const& key) const requires Session::can_write {
  return stored(session_, app_).unset(key);
}

template <class Session>
std::int64_t settings<Session>::reset() const requires Session::can_write {
  return stored(session_, app_).clear();
}

template class settings<forge_db::sqlite::read_session>;
template class settings<forge_db::sqlite::write_session>;

}  // namespace kernel::app
