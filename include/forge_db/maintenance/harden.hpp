// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace forge_db {

namespace detail {

/// The file behind what a program calls its database: a path, or a URL such as `sqlite:///data/app.db`. Empty when
/// there is none: `:memory:`, a temporary database, a URL without a path.
inline std::filesystem::path database_file(std::string_view name) {
  if (auto const url = name.find(":///"); url != std::string_view::npos)
    name.remove_prefix(url + 4);
  else if (name.find("://") != std::string_view::npos)
    return {};
  if (name.empty() || name == ":memory:") return {};
  return std::filesystem::path{name};
}

inline void restrict_mode(std::filesystem::path const& path, std::filesystem::perms wanted, char const* shown,
                          std::vector<std::string>& lines) {
  std::error_code failure;
  auto const found = std::filesystem::status(path, failure).permissions() & std::filesystem::perms::mask;
  if (!failure && found == wanted) return;
  if (!failure) std::filesystem::permissions(path, wanted, failure);
  lines.push_back(failure ? path.string() + ": mode " + shown + " could not be set: " + failure.message()
                          : path.string() + ": mode set to " + shown);
}

}  // namespace detail

/// Lets nobody but the owner at a database: mode 0700 for its directory, 0600 for the file. Answers a line for each
/// mode that was changed or could not be; failures are only told, since a database on a foreign file system still
/// works. The write-ahead log beside the file is protected by the directory. `name` is a path or a URL
/// (`sqlite:///data/app.db`); databases in memory have no file, and nothing happens. The directory may be the working
/// directory, when the name has none: it is then left alone, since it holds more than the database.
inline std::vector<std::string> harden(std::string_view name) {
  std::vector<std::string> lines;
  std::filesystem::path const file = detail::database_file(name);
  if (file.empty()) return lines;
  std::error_code ignored;
  std::filesystem::path const directory = file.parent_path();
  if (!directory.empty() && std::filesystem::is_directory(directory, ignored)) {
    auto const found = std::filesystem::status(directory, ignored).permissions();
    bool const shared = (found & std::filesystem::perms::sticky_bit) != std::filesystem::perms::none;
    if (shared)
      lines.push_back(directory.string() +
                      ": left alone, since it is a directory for everybody; give the database one of its own");
    else
      detail::restrict_mode(directory, std::filesystem::perms::owner_all, "0700", lines);
  }
  if (std::filesystem::is_regular_file(file, ignored))
    detail::restrict_mode(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, "0600",
                          lines);
  return lines;
}

}  // namespace forge_db
