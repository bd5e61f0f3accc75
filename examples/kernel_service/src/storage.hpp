// SPDX-License-Identifier: MIT
#pragma once

#include "errors.hpp"
#include "metadata.hpp"

#include <forge_db/query/page_cursor.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/quota.hpp>
#include <forge_db/session/sqlite_database.hpp>

#include <cstddef>
#include <cstdint>
#include <kernel/app_collections.hpp>
#include <kernel/app_documents.hpp>
#include <optional>
#include <string>

namespace kernel::app {

struct new_document {
  std::string name{};
  std::string content{};
  std::optional<AppCollectionId> collection{};
  std::string content_type = "application/json";
  std::optional<forge_db::json> metadata{};
};

/// What update_document() writes. Unset fields stay; metadata can be taken away by `null`, a document out of its
/// collection, too.
struct document_changes {
  std::optional<std::string> name{};
  std::optional<std::string> content{};
  std::optional<std::string> content_type{};
  forge_db::patch<forge_db::json> metadata{};
  forge_db::patch<AppCollectionId> collection{};
  /// The updated_at that was read: if the row has another one, stale_row is thrown. Unset: the last writer wins.
  std::optional<forge_db::timestamp> expected{};
};

/// AppStorageRepository: the collections and documents of one application. Rows of others are not found, and no row
/// refers to one of theirs. Content is text that is never looked into.
///
/// Takes a session of either kind, which must outlive it; what writes is there in a write session only.
template <class Session>
class storage {
 public:
  storage(Session& session, std::string app);

  /// The collections below one, or without one the roots, by name; of an unknown one none. Pages of 100, at most 1000.
  [[nodiscard]] forge_db::page<AppCollection> list_collections(std::optional<AppCollectionId> const& parent = {},
                                                               forge_db::offset_page asked = {}) const;

  /// Throws refused (`Parent collection not found`, `Max collection depth (1000) exceeded`) and name_taken, which holds
  /// among the roots, too.
  AppCollection create_collection(std::string const& name,
                                  std::optional<AppCollectionId> const& parent = {}) const requires Session::can_write;

  /// Removes the collection, those below it and the documents in all of them; false if there is none.
  bool delete_collection(AppCollectionId const& id) const requires Session::can_write;

  /// The documents of a collection, or without one all of the application, the latest first. Pages of 50, at most 200.
  [[nodiscard]] forge_db::page<AppDocument> list_documents(std::optional<AppCollectionId> const& collection = {},
                                                           forge_db::offset_page asked = {}) const;

  /// The same by key, for lists of any length; nothing is counted. Throws bad_cursor.
  [[nodiscard]] forge_db::key_page<AppDocument> documents_after(std::optional<AppCollectionId> const& collection,
                                                                forge_db::page_cursor<AppDocument> const& cursor,
                                                                std::optional<std::size_t> size = {}) const;

  [[nodiscard]] std::optional<AppDocument> get_document(AppDocumentId const& id) const;

  /// Throws refused (`Collection not found`), and quota_exceeded where the application has `most` documents already:
  /// counted and inserted in one transaction, so that the limit holds whoever writes at once.
  AppDocument create_document(new_document const& document,
                              std::int64_t most = forge_db::no_quota_limit) const requires Session::can_write;

  /// The document as it is then; nothing if there is none. updated_at is now, whatever changes. Throws refused
  /// (`Collection not found`) and stale_row.
  std::optional<AppDocument> update_document(AppDocumentId const& id,
                                             document_changes const& changes) const requires Session::can_write;

  /// False if there was none.
  bool delete_document(AppDocumentId const& id) const requires Session::can_write;

 private:
  Session& session_;
  std::string app_;
};

extern template class storage<forge_db::sqlite::read_session>;
extern template class storage<forge_db::sqlite::write_session>;

}  // namespace kernel::app
