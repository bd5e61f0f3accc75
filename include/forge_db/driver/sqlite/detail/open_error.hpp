// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/errors.hpp>
#include <forge_db/driver/sqlite/options.hpp>

#include <sqlite3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <utility>

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

inline std::string wants(std::string const& what) { return "forge_db: open requires " + what; }

/// What is wrong with the name alone, before the file's rights and content matter; empty when nothing is.
inline std::string explain_name(std::string const& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0) {
    if (S_ISDIR(found.st_mode)) return wants("\"" + path + "\" to be a file; it is a directory");
    if (!S_ISREG(found.st_mode)) return wants("\"" + path + "\" to be a regular file; it is a device, pipe or socket");
    return {};
  }
  if (errno == ELOOP) return wants("\"" + path + "\" to lead to a file; it is a link to itself, point it elsewhere");
  if (errno == ENAMETOOLONG) return wants("a file name that the system takes; \"" + path + "\" is too long");
  if (::lstat(path.c_str(), &found) != 0 || !S_ISLNK(found.st_mode)) return {};
  char target[4096];
  ssize_t const size = ::readlink(path.c_str(), target, sizeof target);
  return wants("\"" + path + "\" to lead to a file; it is a link to \"" +
               std::string(target, size < 0 ? 0 : static_cast<std::size_t>(size)) +
               "\", which is not there: create it or its directory, or point the link elsewhere");
}

/// SQLite keeps its logs in files beside the database; something else of that name is in its way.
inline std::string explain_side_files(std::string const& path) {
  for (char const* suffix : {"-wal", "-shm", "-journal"}) {
    std::string const side = path + suffix;
    struct stat found {};
    if (::stat(side.c_str(), &found) != 0) continue;
    if (!S_ISREG(found.st_mode)) return wants("\"" + side + "\" to be SQLite's file; move away what has its name");
    if (!may(side, R_OK | W_OK)) return wants("\"" + side + "\" to be readable and writable; change its mode");
  }
  return {};
}

/// Why a file could not be opened, in the user's words; empty when the file system does not tell.
inline std::string explain_open(std::string const& path, options const& settings) {
  struct stat found {};
  std::string const directory = parent_directory(path);
  if (::stat(directory.c_str(), &found) != 0)
    return wants("the directory \"" + directory + "\" to exist and to be reachable; create it first");
  if (!S_ISDIR(found.st_mode)) return wants("\"" + directory + "\" to be a directory; it is a file");
  if (!may(directory, X_OK))
    return wants("the directory \"" + directory + "\" to be open to this user; change its mode");
  if (std::string text = explain_name(path); !text.empty()) return text;
  bool const exists = ::stat(path.c_str(), &found) == 0;
  if (!exists && (settings.read_only || !settings.create))
    return wants("the file \"" + path + "\" to exist; set options::create to make it");
  if (exists && !may(path, R_OK)) return wants("\"" + path + "\" to be readable by this user; change its mode");
  if (!may(directory, W_OK | X_OK))
    return wants("the directory \"" + directory +
                 "\" to be writable by this user, SQLite keeps the log there; change its mode");
  return explain_side_files(path);
}

/// Throws for what went wrong while a file was opened and set up, naming the file.
/// `system_code` is the errno of the failed call, or 0.
[[noreturn]] inline void throw_open_error(std::string const& path, options const& settings, int extended_code,
                                          std::string const& engine_message, int system_code) {
  error_context context;
  context.engine_message = engine_message;
  context.engine_code = extended_code & 0xff;
  context.engine_extended_code = extended_code;
  switch (context.engine_code) {
    case SQLITE_NOTADB:
      throw corrupt("forge_db: open requires \"" + path + "\" to be a SQLite database; it is another kind of file",
                    std::move(context));
    case SQLITE_CORRUPT:
      throw corrupt("forge_db: open requires \"" + path +
                        "\" to be whole, and it is damaged; restore a copy of it, or save what is left with `sqlite3 "
                        "FILE .recover`",
                    std::move(context));
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR: {
      if (system_code == EMFILE || system_code == ENFILE)
        throw cannot_open(wants("a free file descriptor for \"" + path +
                                "\"; too many files are open: close some, or raise the limit (`ulimit -n`)"),
                          std::move(context));
      if (system_code == ENOSPC) throw_error(SQLITE_FULL, engine_message, {});
      std::string text = explain_open(path, settings);
      if (text.empty())
        text = "forge_db: open requires \"" + path + "\" to be a file that this user can read and write";
      throw cannot_open(text, std::move(context));
    }
    default:
      throw_error(extended_code, engine_message, {});
  }
}

/// Throws cannot_open for a name that SQLite would read as something else than this file, and for what it would read
/// as an empty database for ever: a device, a pipe.
inline void check_path(std::string const& path) {
  if (path.empty())
    throw cannot_open("forge_db: open requires a file name; say \":memory:\" for a database without a file");
  if (path.find('\0') != std::string::npos) throw cannot_open("forge_db: open requires a file name without NUL bytes");
  struct stat found {};
  if (is_memory(path) || ::stat(path.c_str(), &found) != 0 || S_ISREG(found.st_mode) || S_ISDIR(found.st_mode)) return;
  throw cannot_open(explain_name(path));
}

/// The name as SQLite is given it: "file:..." would be read as a URI where the library was built so.
inline std::string plain_name(std::string const& path) { return path.starts_with("file:") ? "./" + path : path; }

}  // namespace forge_db::sqlite::detail
