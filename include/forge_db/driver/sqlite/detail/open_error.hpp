// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/errors.hpp>
#include <forge_db/driver/sqlite/options.hpp>

#include <sqlite3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

namespace forge_db::sqlite::detail {

inline bool is_memory(std::string const& path) { return path == ":memory:"; }

inline std::string parent_directory(std::string const& path) {
  auto const slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// By the rights that opening uses, which are those of the effective user.
inline bool may(std::string const& path, int access) {
  return ::faccessat(AT_FDCWD, path.c_str(), access, AT_EACCESS) == 0;
}

/// Why a file could not be opened, in the user's words; empty when the file system does not tell.
inline std::string explain_open(std::string const& path, options const& settings) {
  struct stat found {};
  std::string const directory = parent_directory(path);
  if (::stat(directory.c_str(), &found) != 0) {
    return "forge_db: open requires the directory \"" + directory + "\" to exist and to be reachable; create it first";
  }
  if (!S_ISDIR(found.st_mode)) return "forge_db: open requires \"" + directory + "\" to be a directory; it is a file";
  bool const exists = ::stat(path.c_str(), &found) == 0;
  if (exists && S_ISDIR(found.st_mode))
    return "forge_db: open requires \"" + path + "\" to be a file; it is a directory";
  if (!exists && (settings.read_only || !settings.create)) {
    return "forge_db: open requires the file \"" + path + "\" to exist; set options::create to make it";
  }
  if (exists && !may(path, R_OK)) {
    return "forge_db: open requires \"" + path + "\" to be readable by this user; change its mode";
  }
  if (!may(directory, W_OK | X_OK)) {
    return "forge_db: open requires the directory \"" + directory +
           "\" to be writable by this user, SQLite keeps the log there; change its mode";
  }
  return {};
}

/// Throws for what went wrong while a file was opened and set up, naming the file.
[[noreturn]] inline void throw_open_error(std::string const& path, options const& settings, int extended_code,
                                          std::string const& engine_message) {
  error_context context;
  context.engine_message = engine_message;
  context.engine_code = extended_code & 0xff;
  context.engine_extended_code = extended_code;
  switch (context.engine_code) {
    case SQLITE_NOTADB:
      throw corrupt("forge_db: open requires \"" + path + "\" to be a SQLite database; it is another kind of file",
                    std::move(context));
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR: {
      std::string text = explain_open(path, settings);
      if (text.empty())
        text = "forge_db: open requires \"" + path + "\" to be a file that this user can read and write";
      throw cannot_open(text, std::move(context));
    }
    default:
      throw_error(extended_code, engine_message, {});
  }
}

/// Throws cannot_open for a name that SQLite would read as something else than this file.
inline void check_path(std::string const& path) {
  if (path.empty())
    throw cannot_open("forge_db: open requires a file name; say \":memory:\" for a database without a file");
  if (path.find('\0') != std::string::npos) throw cannot_open("forge_db: open requires a file name without NUL bytes");
}

/// The name as SQLite is given it: "file:..." would be read as a URI where the library was built so.
inline std::string plain_name(std::string const& path) { return path.starts_with("file:") ? "./" + path : path; }

}  // namespace forge_db::sqlite::detail
