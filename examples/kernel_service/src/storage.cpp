// SPDX-License-Identifier: MIT
#include "storage.hpp"

#include <forge_db/session/session.hpp>

#include <algorithm>
#include <chrono>
#include <kernel/app_collections_repository.hpp>
#include <kernel/app_documents_repository.hpp>
#include <utility>

namespace kernel::app {
namespace {

/// Roots have depth 0, the deepest collections the spec's `max_depth`.
constexpr auto collection_levels = forge_db::repository_traits<AppCollection>::tree::max_depth + 1;

/// A cascade is nested as deep as the rows are. SQLite refuses more than a thousand steps within each other, and each
/// one costs more the more there are: a thousand levels at once take ten seconds.
constexpr std::int64_t levels_at_once = 50;

template <class Session>
auto collections(Session& session, std::string const& app) {
  return AppCollectionRepository{session, app};
}
template <class Session>
auto documents(Session& session, std::string const& app) {
  return AppDocumentRepository{session, app};
}

template <class Repository>
void require_collection(Repository const& rows, AppCollectionId const* id, char const* otherwise) {
  if (id != nullptr && !rows.exists(*id)) throw refused(otherwise);
}
template <class Optional>
auto const* given(Optional const& id) {
  return id.has_value() ? &id.value() : nullptr;
}

}  // namespace

template <class Session>
storage<Session>::storage(Session& session, std::string app) : session_(session), app_(std::move(app)) {}

template <class Session>
forge_db::page<AppCollection> storage<Session>::list_collections(std::optional<AppCollectionId> const& parent,
                                                                 forge_db::offset_page asked) const {
  auto const roots = parent ? std::nullopt : std::optional(true);
  return collections(session_, app_)
      .list({.parent_id = parent, .parent_id_is_null = roots}, AppCollectionSort::name, std::nullopt, asked);
}

template <class Session>
AppCollection storage<Session>::create_collection(
    std::string const& name, std::optional<AppCollectionId> const& parent) const requires Session::can_write {
  auto const rows = collections(session_, app_);
  return naming(name, [&] {
    return placing(app_collections::parent_id.name, "Parent collection not found",
                   "Max collection depth (" + std::to_string(collection_levels) + ") exceeded",
                   [&] { return rows.insert({.name = name, .parent_id = parent}); });
  });
}

template <class Session>
bool storage<Session>::delete_collection(AppCollectionId const& id) const requires Session::can_write {
  auto const rows = collections(session_, app_);
  auto const nodes = rows.subtree(id);  // level by level
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    if (node->level % levels_at_once == 0) rows.remove(node->row.id);
  }
  return !nodes.empty();
}

template <class Session>
forge_db::page<AppDocument> storage<Session>::list_documents(std::optional<AppCollectionId> const& collection,
                                                             forge_db::offset_page asked) const {
  return documents(session_, app_)
      .list({.collection_id = collection}, AppDocumentSort::created_at, forge_db::direction::descending, asked);
}

template <class Session>
forge_db::key_page<AppDocument> storage<Session>::documents_after(std::optional<AppCollectionId> const& collection,
                                                                  forge_db::page_cursor<AppDocument> const& cursor,
                                                                  std::optional<std::size_t> size) const {
  return documents(session_, app_)
      .page_after({.collection_id = collection}, {{AppDocumentSort::created_at, forge_db::direction::descending}},
                  cursor, size);
}

template <class Session>
std::optional<AppDocument> storage<Session>::get_document(AppDocumentId const& id) const {
  return documents(session_, app_).find(id);
}

template <class Session>
AppDocument storage<Session>::create_document(new_document const& document,
                                              std::int64_t most) const requires Session::can_write {
  auto const rows = documents(session_, app_);
  require_collection(collections(session_, app_), given(document.collection), "Collection not found");
  if (most != forge_db::no_quota_limit) {
    auto const used = rows.count();
    if (used >= most) throw forge_db::quota_exceeded({.used = used, .limit = most}, {.table = "app_documents"});
  }
  return rows.insert({.collection_id = document.collection,
                      .name = document.name,
                      .content_type = document.content_type,
                      .content = document.content,
                      .metadata_json = stored_object(document.metadata)});
}

template <class Session>
std::optional<AppDocument> storage<Session>::update_document(
    AppDocumentId const& id, document_changes const& changes) const requires Session::can_write {
  auto const rows = documents(session_, app_);
  auto const found = rows.find(id);
  if (!found) return std::nullopt;
  if (changes.expected && *changes.expected != found->updated_at) {
    throw forge_db::stale_row("The document was changed since it was read", {.table = "app_documents"});
  }
  require_collection(collections(session_, app_), given(changes.collection), "Collection not found");
  rows.update(id,
              {.collection_id = changes.collection,
               .name = changes.name,
               .content_type = changes.content_type,
               .content = changes.content,
               .metadata_json = stored_object(changes.metadata),
               // Later than the last one by all means: it tells versions apart.
               .updated_at = std::max(forge_db::timestamp::now(), found->updated_at + std::chrono::microseconds{1})});
  return rows.find(id);
}

template <class Session>
bool storage<Session>::delete_document(AppDocumentId const& id) const requires Session::can_write {
  return documents(session_, app_).remove(id);
}

template class storage<forge_db::sqlite::read_session>;
template class storage<forge_db::sqlite::write_session>;

}  // namespace kernel::app
