// SPDX-License-Identifier: MIT
#pragma once

#include "errors.hpp"
#include "metadata.hpp"

#include <forge_db/repository/page.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <cstddef>
#include <cstdint>
#include <kernel/vfs_file_versions.hpp>
#include <kernel/vfs_files.hpp>
#include <kernel/vfs_folders.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kernel::app {

/// How many files a search answers at most.
inline constexpr std::size_t most_found_files = 50;

struct folder_children {
  forge_db::page<VfsFolder> folders{};
  forge_db::page<VfsFile> files{};
};

struct new_file {
  std::string name{};
  std::string content{};
  std::optional<VfsFolderId> folder{};
  std::string content_type = "text/plain";
  std::optional<forge_db::json> metadata{};
};

/// What update_file() writes. Unset fields stay; metadata can be taken away by `null`.
struct file_changes {
  std::optional<std::string> name{};
  std::optional<std::string> content{};
  std::optional<std::string> content_type{};
  forge_db::patch<forge_db::json> metadata{};
  std::string change_source{};  ///< Of the version that a changed content leaves behind; empty: NULL.
  /// The version that was read: if the content was changed since, stale_row is thrown; the other
  /// fields have no number. Unset: the last writer wins.
  std::optional<std::int32_t> expected_version{};
};

/// VfsRepository: the folders and files of one application. Rows of others are not found, and no row refers to one of
/// theirs. Names of folders are unique beside each other, at the root, too; those of files are not.
///
/// Takes a session of either kind, which must outlive it; what writes is there in a write session only.
template <class Session>
class files {
 public:
  files(Session& session, std::string app);

  /// Folders and files right below one folder, or without one at the root, both by name. `asked` is the page of either
  /// list, of 50 and at most 1000 rows. An unknown folder has none.
  [[nodiscard]] folder_children list_children(std::optional<VfsFolderId> const& parent = {},
                                              forge_db::offset_page asked = {}) const;

  /// Throws refused (`Parent folder not found`, `Max folder depth (8) exceeded`) and name_taken.
  VfsFolder create_folder(std::string const& name, std::optional<VfsFolderId> const& parent = {},
                          std::optional<forge_db::json> const& metadata = {}) const requires Session::can_write;

  [[nodiscard]] std::optional<VfsFolder> get_folder(VfsFolderId const& id) const;

  /// Removes the folder, all folders below it, and the files in them with their versions; the original let these files
  /// reappear at the root. False if there is none.
  bool delete_folder(VfsFolderId const& id) const requires Session::can_write;

  /// From the root down to the folder, both included; empty if there is none. One statement.
  [[nodiscard]] std::vector<VfsFolder> get_path(VfsFolderId const& id) const;

  /// Its version is 1. Throws refused (`Folder not found`).
  VfsFile create_file(new_file const& file) const requires Session::can_write;

  [[nodiscard]] std::optional<VfsFile> get_file(VfsFileId const& id) const;

  /// The file as it is then; nothing if there is none. A content that differs leaves the former one behind as a version
  /// and counts `version` up; updated_at is now, whatever changes. Throws stale_row.
  std::optional<VfsFile> update_file(VfsFileId const& id,
                                     file_changes const& changes) const requires Session::can_write;

  /// Its versions go, too. False if there was none.
  bool delete_file(VfsFileId const& id) const requires Session::can_write;

  /// The former contents, the latest first; none of an unknown file. Pages of 20, at most 1000.
  [[nodiscard]] forge_db::page<VfsFileVersion> list_versions(VfsFileId const& file,
                                                             forge_db::offset_page asked = {}) const;

  /// Files whose name holds the text, whatever the case of A-Z, by name; `%` and `_` mean themselves. Throws
  /// invalid_value unless `limit` is 1 to 50.
  [[nodiscard]] std::vector<VfsFile> search_files(std::string const& text, std::size_t limit = most_found_files) const;

  /// Puts the folder, with what is below it, under another one, or without one at the root. Nothing if there is none.
  /// Throws name_taken, and refused: `Cannot move a folder into itself`, `Cannot move a folder into its own
  /// descendant`, `Target folder not found`, and `Max folder depth (8) exceeded`, for any folder below it, too.
  std::optional<VfsFolder> move_folder(VfsFolderId const& id,
                                       std::optional<VfsFolderId> const& target) const requires Session::can_write;

  /// Nothing if there is none. Throws name_taken.
  std::optional<VfsFolder> rename_folder(VfsFolderId const& id,
                                         std::string const& name) const requires Session::can_write;

  /// Nothing if there is none. Names of files may repeat.
  std::optional<VfsFile> rename_file(VfsFileId const& id, std::string const& name) const requires Session::can_write;

  /// Nothing if there is none. Throws refused (`Target folder not found`).
  std::optional<VfsFile> move_file(VfsFileId const& id,
                                   std::optional<VfsFolderId> const& target) const requires Session::can_write;

  /// Makes the content of a version current under a new number; what was current becomes a version with the change
  /// source `restore`, even if it is the same. Nothing if there is no such file. Throws refused (`Version not found`)
  /// if it is no version of this file.
  std::optional<VfsFile> restore_version(VfsFileId const& file,
                                         VfsFileVersionId const& version) const requires Session::can_write;

 private:
  Session& session_;
  std::string app_;
};

extern template class files<forge_db::sqlite::read_session>;
extern template class files<forge_db::sqlite::write_session>;

}  // namespace kernel::app
