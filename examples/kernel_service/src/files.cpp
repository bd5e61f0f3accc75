// SPDX-License-Identifier: MIT
#include "files.hpp"

#include <forge_db/core/patch.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/repository/change_context.hpp>
#include <forge_db/session/session.hpp>

#include <algorithm>
#include <kernel/vfs_file_versions_repository.hpp>
#include <kernel/vfs_files_repository.hpp>
#include <kernel/vfs_folders_repository.hpp>
#include <utility>

namespace kernel::app {
namespace {

constexpr std::size_t children_a_page = 50;
/// Roots have depth 0, the deepest folders the spec's `max_depth`.
constexpr auto folder_levels = forge_db::repository_traits<VfsFolder>::tree::max_depth + 1;

template <class Session>
auto folders_of(Session& session, std::string const& app) {
  return VfsFolderRepository{session, app};
}
template <class Session>
auto files_of(Session& session, std::string const& app) {
  return VfsFileRepository{session, app};
}

template <class Repository>
void require_folder(Repository const& folders, std::optional<VfsFolderId> const& id, char const* otherwise) {
  if (id && !folders.exists(*id)) throw refused(otherwise);
}

template <class Work>
auto placing_folder(char const* parent_missing, Work const& work) {
  return placing(vfs_folders::parent_id.name, parent_missing,
                 "Max folder depth (" + std::to_string(folder_levels) + ") exceeded", work);
}

}  // namespace

template <class Session>
files<Session>::files(Session& session, std::string app) : session_(session), app_(std::move(app)) {}

template <class Session>
folder_children files<Session>::list_children(std::optional<VfsFolderId> const& parent,
                                              forge_db::offset_page asked) const {
  asked.per_page = asked.per_page.value_or(children_a_page);
  auto const at_root = parent ? std::nullopt : std::optional(true);
  return {folders_of(session_, app_)
              .list({.parent_id = parent, .parent_id_is_null = at_root}, VfsFolderSort::name, std::nullopt, asked),
          files_of(session_, app_)
              .list({.folder_id = parent, .folder_id_is_null = at_root}, VfsFileSort::name, std::nullopt, asked)};
}

template <class Session>
VfsFolder files<Session>::create_folder(
    std::string const& name, std::optional<VfsFolderId> const& parent,
    std::optional<forge_db::json> const& metadata) const requires Session::can_write {
  NewVfsFolder const row{.name = name, .parent_id = parent, .metadata_json = stored_object(metadata)};
  return naming(name, [&] {
    return placing_folder("Parent folder not found", [&] { return folders_of(session_, app_).insert(row); });
  });
}

template <class Session>
std::optional<VfsFolder> files<Session>::get_folder(VfsFolderId const& id) const {
  return folders_of(session_, app_).find(id);
}

template <class Session>
bool files<Session>::delete_folder(VfsFolderId const& id) const requires Session::can_write {
  auto const folders = folders_of(session_, app_);
  std::vector<VfsFolderId> inside;
  for (auto const& node : folders.subtree(id)) inside.push_back(node.row.id);
  session_.execute(forge_db::remove<VfsFile>().where(vfs_files::app_id == app_ && vfs_files::folder_id.in(inside)));
  return folders.remove(id);  // those below it by their foreign key
}

template <class Session>
std::vector<VfsFolder> files<Session>::get_path(VfsFolderId const& id) const {
  return folders_of(session_, app_).path(id);
}

template <class Session>
VfsFile files<Session>::create_file(new_file const& file) const requires Session::can_write {
  require_folder(folders_of(session_, app_), file.folder, "Folder not found");
  return files_of(session_, app_)
      .insert({.folder_id = file.folder,
               .name = file.name,
               .content = file.content,
               .content_type = file.content_type,
               .metadata_json = stored_object(file.metadata)});
}

template <class Session>
std::optional<VfsFile> files<Session>::get_file(VfsFileId const& id) const {
  return files_of(session_, app_).find(id);
}

template <class Session>
std::optional<VfsFile> files<Session>::update_file(VfsFileId const& id,
                                                   file_changes const& changes) const requires Session::can_write {
  auto const rows = files_of(session_, app_);
  auto const found = rows.find(id);
  if (!found) return std::nullopt;
  if (auto const expected = changes.expected_version.value_or(found->version); expected != found->version) {
    throw forge_db::stale_row("The file was changed since it was read", expected, found->version,
                              {.table = "vfs_files"});
  }
  forge_db::change_context const as{app_, changes.change_source};
  rows.update(id, {.name = changes.name,
                   .content = changes.content,
                   .content_type = changes.content_type,
                   .metadata_json = stored_object(changes.metadata),
                   .updated_at = forge_db::timestamp::now()});
  return rows.find(id);
}

template <class Session>
bool files<Session>::delete_file(VfsFileId const& id) const requires Session::can_write {
  return files_of(session_, app_).remove(id);
}

template <class Session>
forge_db::page<VfsFileVersion> files<Session>::list_versions(VfsFileId const& file, forge_db::offset_page asked) const {
  return files_of(session_, app_).versions(file, asked);
}

template <class Session>
std::vector<VfsFile> files<Session>::search_files(std::string const& text, std::size_t limit) const {
  if (limit == 0 || limit > most_found_files) {
    throw forge_db::invalid_value("A search has a limit of 1 to " + std::to_string(most_found_files));
  }
  return session_.all(forge_db::select<VfsFile>()
                          .where(vfs_files::app_id == app_ && vfs_files::name.contains(text))
                          .order_by(vfs_files::name.asc(), vfs_files::id.asc())
                          .limit(static_cast<std::int64_t>(limit)));
}

template <class Session>
std::optional<VfsFolder> files<Session>::move_folder(
    VfsFolderId const& id, std::optional<VfsFolderId> const& target) const requires Session::can_write {
  auto const folders = folders_of(session_, app_);
  auto const folder = folders.find(id);
  if (!folder) return std::nullopt;
  if (target == id) throw refused("Cannot move a folder into itself");
  auto const above = target ? folders.path(*target) : std::vector<VfsFolder>{};
  if (std::any_of(above.begin(), above.end(), [&](VfsFolder const& one) { return one.id == id; })) {
    throw refused("Cannot move a folder into its own descendant");
  }
  naming(folder->name,
         [&] { return placing_folder("Target folder not found", [&] { return folders.move(id, target); }); });
  return folders.find(id);
}

template <class Session>
std::optional<VfsFolder> files<Session>::rename_folder(VfsFolderId const& id,
                                                       std::string const& name) const requires Session::can_write {
  auto const folders = folders_of(session_, app_);
  naming(name, [&] { return folders.update(id, {.name = name}); });
  return folders.find(id);
}

template <class Session>
std::optional<VfsFile> files<Session>::rename_file(VfsFileId const& id,
                                                   std::string const& name) const requires Session::can_write {
  return update_file(id, {.name = name});
}

template <class Session>
std::optional<VfsFile> files<Session>::move_file(
    VfsFileId const& id, std::optional<VfsFolderId> const& target) const requires Session::can_write {
  auto const rows = files_of(session_, app_);
  if (!rows.exists(id)) return std::nullopt;
  require_folder(folders_of(session_, app_), target, "Target folder not found");
  rows.update(id, {.folder_id = forge_db::or_null(target)});
  return rows.find(id);
}

template <class Session>
std::optional<VfsFile> files<Session>::restore_version(
    VfsFileId const& file, VfsFileVersionId const& version) const requires Session::can_write {
  auto const rows = files_of(session_, app_);
  if (!rows.exists(file)) return std::nullopt;
  auto const former = VfsFileVersionRepository{session_}.find(version);
  if (!former || former->file_id != file) throw refused("Version not found");
  forge_db::change_context const as{app_, "restore"};
  rows.revert(file, former->version);
  return rows.find(file);
}

template class files<forge_db::sqlite::read_session>;
template class files<forge_db::sqlite::write_session>;

}  // namespace kernel::app
