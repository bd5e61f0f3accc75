// SPDX-License-Identifier: MIT
#include "files.hpp"
#include "route.hpp"
#include "row_json.hpp"
#include "written.hpp"

#include <forge_db/core/json_value.hpp>
#include <forge_db/core/uuid.hpp>

#include <boost/json/object.hpp>

#include <utility>

namespace kernel::http {
namespace {

constexpr row_kind a_file{"vfs_file", "File not found"};

written create_file(write_session& session, call const& in) {
  app::new_file const file{.name = in.body.name("name"),
                           .content = in.body.optional_text("content").value_or(""),
                           .folder = in.body.optional_id<VfsFolderId>("folder_id"),
                           .content_type = in.body.optional_name("content_type").value_or("text/plain"),
                           .metadata = in.body.optional_object("metadata")};
  return created(app::files(session, in.app()).create_file(file), a_file);
}

response get_file(read_session& session, call const& in) {
  return shown(app::files(session, in.app()).get_file(in.id<VfsFileId>("id", a_file.missing)), a_file);
}

written update_file(write_session& session, call const& in) {
  auto const id = in.id<VfsFileId>("id", a_file.missing);
  app::file_changes const changes{.name = in.body.optional_name("name"),
                                  .content = in.body.optional_text("content"),
                                  .content_type = in.body.optional_name("content_type"),
                                  .metadata = in.body.object_patch("metadata"),
                                  .change_source = in.body.optional_text("change_source").value_or(""),
                                  .expected_version = in.body.optional_number("expected_version")};
  return changed(app::files(session, in.app()).update_file(id, changes), a_file, "update");
}

written delete_file(write_session& session, call const& in) {
  auto const id = in.id<VfsFileId>("id", a_file.missing);
  return deleted(app::files(session, in.app()).delete_file(id), id, a_file);
}

response list_versions(read_session& session, call const& in) {
  auto const id = forge_db::parse_uuid(in.path.at("id"));
  forge_db::page<VfsFileVersion> page;
  if (id) page = app::files(session, in.app()).list_versions(VfsFileId{*id}, in.query_page(1000));
  auto out = json_line();
  out.open_object().member("file_id", std::string_view{in.path.at("id")});
  put_list(out, "versions", page.rows);
  out.member("total", page.total);
  return closed(out);
}

response search_files(read_session& session, call const& in) {
  auto const text = in.query_text("q");
  if (!text || text->empty()) throw refusal(422, "q is missing, or empty");
  auto out = json_line();
  out.open_object().member("app_id", std::string_view{in.app()}).member("query", std::string_view{*text});
  put_list(out, "results", app::files(session, in.app()).search_files(*text));
  return closed(out);
}

written move_file(write_session& session, call const& in) {
  auto const id = in.id<VfsFileId>("id", a_file.missing);
  auto const target = in.body.optional_id<VfsFolderId>("new_folder_id");
  return changed(app::files(session, in.app()).move_file(id, target), a_file, "move");
}

written rename_file(write_session& session, call const& in) {
  auto const id = in.id<VfsFileId>("id", a_file.missing);
  return changed(app::files(session, in.app()).rename_file(id, in.body.name("name")), a_file, "rename");
}

written restore_version(write_session& session, call const& in) {
  auto const id = in.id<VfsFileId>("id", a_file.missing);
  auto const version = forge_db::parse_uuid(in.path.at("version"));
  if (!version) throw refusal(400, "Version not found");
  auto details = forge_db::from_value(boost::json::object{{"restored_version_id", forge_db::uuid_text(*version)}});
  return changed(app::files(session, in.app()).restore_version(id, VfsFileVersionId{*version}), a_file, "restore",
                 std::move(details));
}

}  // namespace

void add_file_routes(std::vector<route>& routes) {
  constexpr auto file = "/api/kernel/vfs/{app}/files/{id}";
  constexpr auto read = "vfs:read";
  constexpr auto write = "vfs:write";
  routes.insert(
      routes.end(),
      {{verb::post,
        "/api/kernel/vfs/{app}/files",
        "Creates a file",
        write,
        {},
        {"name", "content", "folder_id", "content_type", "metadata"},
        create_file},
       {verb::get, file, "A file with its content", read, {}, {}, get_file},
       {verb::put,
        file,
        "Changes what is given of a file; the former content becomes a version",
        write,
        {},
        {"name", "content", "content_type", "metadata", "change_source", "expected_version"},
        update_file},
       {verb::remove, file, "Deletes a file with its versions", write, {}, {}, delete_file},
       {verb::get,
        "/api/kernel/vfs/{app}/files/{id}/versions",
        "The former contents of a file, the latest first",
        read,
        {"page", "per_page"},
        {},
        list_versions},
       {verb::get, "/api/kernel/vfs/{app}/search", "Files whose name holds a text", read, {"q"}, {}, search_files},
       {verb::post,
        "/api/kernel/vfs/{app}/files/{id}/move",
        "Puts a file into a folder, or at the root",
        write,
        {},
        {"new_folder_id"},
        move_file},
       {verb::patch, "/api/kernel/vfs/{app}/files/{id}/rename", "Renames a file", write, {}, {"name"}, rename_file},
       {verb::post,
        "/api/kernel/vfs/{app}/files/{id}/versions/{version}/restore",
        "Makes a former content current again",
        write,
        {},
        {},
        restore_version}});
}

}  // namespace kernel::http
