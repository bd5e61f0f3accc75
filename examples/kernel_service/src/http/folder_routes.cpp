// SPDX-License-Identifier: MIT
#include "files.hpp"
#include "route.hpp"
#include "row_json.hpp"
#include "written.hpp"

#include <forge_db/core/uuid.hpp>

#include <utility>

namespace kernel::http {
namespace {

constexpr row_kind a_folder{"vfs_folder", "Folder not found"};

response list_children(read_session& session, call const& in) {
  auto const found =
      app::files(session, in.app()).list_children(in.query_id<VfsFolderId>("parent_id"), in.query_page(1000));
  auto out = json_line();
  out.open_object();
  put_list(out, "folders", found.folders.rows);
  put_list(out, "files", found.files.rows);
  out.member("total_folders", found.folders.total).member("total_files", found.files.total);
  return closed(out);
}

written create_folder(write_session& session, call const& in) {
  return created(app::files(session, in.app())
                     .create_folder(in.body.name("name"), in.body.optional_id<VfsFolderId>("parent_id"),
                                    in.body.optional_object("metadata")),
                 a_folder);
}

response get_folder(read_session& session, call const& in) {
  return shown(app::files(session, in.app()).get_folder(in.id<VfsFolderId>("id", a_folder.missing)), a_folder);
}

written delete_folder(write_session& session, call const& in) {
  auto const id = in.id<VfsFolderId>("id", a_folder.missing);
  return deleted(app::files(session, in.app()).delete_folder(id), id, a_folder);
}

response get_path(read_session& session, call const& in) {
  auto const id = forge_db::parse_uuid(in.path.at("id"));
  auto out = json_line();
  out.open_object();
  put_list(out, "path", id ? app::files(session, in.app()).get_path(VfsFolderId{*id}) : std::vector<VfsFolder>{});
  return closed(out);
}

written move_folder(write_session& session, call const& in) {
  auto const id = in.id<VfsFolderId>("id", a_folder.missing);
  auto const target = in.body.optional_id<VfsFolderId>("new_parent_id");
  return changed(app::files(session, in.app()).move_folder(id, target), a_folder, "move");
}

written rename_folder(write_session& session, call const& in) {
  auto const id = in.id<VfsFolderId>("id", a_folder.missing);
  return changed(app::files(session, in.app()).rename_folder(id, in.body.name("name")), a_folder, "rename");
}

}  // namespace

void add_folder_routes(std::vector<route>& routes) {
  constexpr auto folder = "/api/kernel/vfs/{app}/folders/{id}";
  constexpr auto read = "vfs:read";
  constexpr auto write = "vfs:write";
  routes.insert(
      routes.end(),
      {{verb::get,
        "/api/kernel/vfs/{app}/children",
        "Folders and files in a folder, or at the root",
        read,
        {"parent_id", "page", "per_page"},
        {},
        list_children},
       {verb::post,
        "/api/kernel/vfs/{app}/folders",
        "Creates a folder",
        write,
        {},
        {"name", "parent_id", "metadata"},
        create_folder},
       {verb::get, folder, "A folder", read, {}, {}, get_folder},
       {verb::remove, folder, "Deletes a folder with the folders and files in it", write, {}, {}, delete_folder},
       {verb::get,
        "/api/kernel/vfs/{app}/folders/{id}/path",
        "The folders from the root down to this one",
        read,
        {},
        {},
        get_path},
       {verb::post,
        "/api/kernel/vfs/{app}/folders/{id}/move",
        "Puts a folder into another one, or at the root",
        write,
        {},
        {"new_parent_id"},
        move_folder},
       {verb::patch,
        "/api/kernel/vfs/{app}/folders/{id}/rename",
        "Renames a folder",
        write,
        {},
        {"name"},
        rename_folder}});
}

}  // namespace kernel::http
