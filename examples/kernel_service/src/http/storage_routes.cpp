// SPDX-License-Identifier: MIT
#include "list_cursor.hpp"
#include "route.hpp"
#include "row_json.hpp"
#include "storage.hpp"
#include "written.hpp"

#include <forge_db/core/timestamp.hpp>
#include <forge_db/core/uuid.hpp>

#include <utility>

namespace kernel::http {
namespace {

constexpr row_kind a_collection{"collection", "Collection not found"};
constexpr row_kind a_document{"document", "Document not found"};

response list_collections(read_session& session, call const& in) {
  auto const page =
      app::storage(session, in.app()).list_collections(in.query_id<AppCollectionId>("parent_id"), in.query_page(1000));
  auto out = json_line();
  out.open_object().member("app_id", std::string_view{in.app()});
  put_list(out, "collections", page.rows);
  out.member("total", page.total);
  return closed(out);
}

written create_collection(write_session& session, call const& in) {
  return created(app::storage(session, in.app())
                     .create_collection(in.body.name("name"), in.body.optional_id<AppCollectionId>("parent_id")),
                 a_collection);
}

written delete_collection(write_session& session, call const& in) {
  auto const id = in.id<AppCollectionId>("id", a_collection.missing);
  return deleted(app::storage(session, in.app()).delete_collection(id), id, a_collection);
}

response list_documents(read_session& session, call const& in) {
  app::storage const documents(session, in.app());
  auto const collection = in.query_id<AppCollectionId>("collection_id");
  list_cursor const list{"documents", in.app(), collection ? forge_db::uuid_text(collection->value()) : ""};
  forge_db::page_cursor<AppDocument> cursor;
  if (auto const text = in.query_text("cursor")) cursor = decltype(cursor)::from_text(list.place_in(*text));
  auto const size = static_cast<std::size_t>(in.query_number("limit", 1, 200, 50));
  auto const page = documents.documents_after(collection, cursor, size);
  auto out = json_line();
  out.open_object().member("app_id", std::string_view{in.app()});
  put_list(out, "documents", page.rows);
  out.key("next_cursor");
  page.has_next ? out.value(std::string_view{list.text_of(page.end.text())}) : out.null();
  return closed(out);
}

written create_document(write_session& session, call const& in) {
  app::new_document const document{.name = in.body.name("name"),
                                   .content = in.body.text("content"),
                                   .collection = in.body.optional_id<AppCollectionId>("collection_id"),
                                   .content_type = in.body.optional_name("content_type").value_or("application/json"),
                                   .metadata = in.body.optional_object("metadata")};
  return created(app::storage(session, in.app()).create_document(document, in.from->quotas.max_documents), a_document);
}

response get_document(read_session& session, call const& in) {
  return shown(app::storage(session, in.app()).get_document(in.id<AppDocumentId>("id", a_document.missing)),
               a_document);
}

std::optional<forge_db::timestamp> expected_time(json_body const& body) {
  auto const text = body.optional_text("expected_updated_at");
  if (!text) return std::nullopt;
  auto const time = forge_db::parse_timestamp_lenient(*text);
  if (!time) throw refusal(422, "expected_updated_at has to be a time such as 2026-02-20T14:00:00.000000Z");
  return time;
}

written update_document(write_session& session, call const& in) {
  auto const id = in.id<AppDocumentId>("id", a_document.missing);
  app::document_changes const changes{.name = in.body.optional_name("name"),
                                      .content = in.body.optional_text("content"),
                                      .content_type = in.body.optional_name("content_type"),
                                      .metadata = in.body.object_patch("metadata"),
                                      .collection = {},
                                      .expected = expected_time(in.body)};
  return changed(app::storage(session, in.app()).update_document(id, changes), a_document, "update");
}

written delete_document(write_session& session, call const& in) {
  auto const id = in.id<AppDocumentId>("id", a_document.missing);
  return deleted(app::storage(session, in.app()).delete_document(id), id, a_document);
}

}  // namespace

void add_storage_routes(std::vector<route>& routes) {
  constexpr auto collections = "/api/kernel/storage/{app}/collections";
  constexpr auto documents = "/api/kernel/storage/{app}/documents";
  constexpr auto document = "/api/kernel/storage/{app}/documents/{id}";
  constexpr auto read = "storage:read";
  constexpr auto write = "storage:write";
  routes.insert(routes.end(),
                {{verb::get,
                  collections,
                  "Collections below one, or the roots",
                  read,
                  {"parent_id", "page", "per_page"},
                  {},
                  list_collections},
                 {verb::post, collections, "Creates a collection", write, {}, {"name", "parent_id"}, create_collection},
                 {verb::remove,
                  "/api/kernel/storage/{app}/collections/{id}",
                  "Deletes a collection with the collections and documents in it",
                  write,
                  {},
                  {},
                  delete_collection},
                 {verb::get,
                  documents,
                  "Documents of a collection, or all, the latest first",
                  read,
                  {"collection_id", "limit", "cursor"},
                  {},
                  list_documents},
                 {verb::post,
                  documents,
                  "Creates a document",
                  write,
                  {},
                  {"name", "content", "collection_id", "content_type", "metadata"},
                  create_document},
                 {verb::get, document, "A document", read, {}, {}, get_document},
                 {verb::put,
                  document,
                  "Changes what is given of a document",
                  write,
                  {},
                  {"name", "content", "content_type", "metadata", "expected_updated_at"},
                  update_document},
                 {verb::remove, document, "Deletes a document", write, {}, {}, delete_document}});
}

}  // namespace kernel::http
