// SPDX-License-Identifier: MIT
#include "row_json.hpp"

#include <forge_db/core/json.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/core/uuid.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>

namespace kernel::http {
namespace {

using writer = forge_db::json_writer;

/// Members of one row, each by its type.
class row_writer {
 public:
  explicit row_writer(writer& out) : out_(out) { out_.open_object(); }
  row_writer(row_writer const&) = delete;
  row_writer& operator=(row_writer const&) = delete;
  ~row_writer() { out_.close_object(); }

  row_writer& add(char const* name, std::string const& text) {
    out_.member(name, std::string_view{text});
    return *this;
  }
  row_writer& add(char const* name, std::int64_t number) {
    out_.member(name, number);
    return *this;
  }
  row_writer& add(char const* name, forge_db::timestamp time) { return add(name, forge_db::timestamp_iso(time)); }
  template <class Row, class T>
  row_writer& add(char const* name, forge_db::typed_id<Row, T> const& id) {
    return add(name, forge_db::uuid_text(id.value()));
  }
  row_writer& add(char const* name, forge_db::json const& value) {
    out_.key(name).raw(forge_db::json::try_parse(value.text()) ? value.text() : "null");
    return *this;
  }
  template <class T>
  row_writer& add(char const* name, std::optional<T> const& value) {
    if (value) return add(name, *value);
    out_.key(name).null();
    return *this;
  }

 private:
  writer& out_;
};

}  // namespace

void put(writer& out, AppCollection const& row) {
  row_writer(out)
      .add("id", row.id)
      .add("app_id", row.app_id)
      .add("name", row.name)
      .add("parent_id", row.parent_id)
      .add("created_at", row.created_at)
      .add("updated_at", row.updated_at);
}

void put(writer& out, AppDocument const& row) {
  row_writer(out)
      .add("id", row.id)
      .add("app_id", row.app_id)
      .add("collection_id", row.collection_id)
      .add("name", row.name)
      .add("content_type", row.content_type)
      .add("content", row.content)
      .add("metadata", row.metadata_json)
      .add("created_at", row.created_at)
      .add("updated_at", row.updated_at);
}

void put(writer& out, VfsFolder const& row) {
  row_writer(out)
      .add("id", row.id)
      .add("app_id", row.app_id)
      .add("name", row.name)
      .add("parent_id", row.parent_id)
      .add("depth", row.depth)
      .add("metadata", row.metadata_json)
      .add("created_at", row.created_at)
      .add("updated_at", row.updated_at);
}

void put(writer& out, VfsFile const& row) {
  row_writer(out)
      .add("id", row.id)
      .add("app_id", row.app_id)
      .add("folder_id", row.folder_id)
      .add("name", row.name)
      .add("content", row.content)
      .add("content_type", row.content_type)
      .add("version", row.version)
      .add("metadata", row.metadata_json)
      .add("created_at", row.created_at)
      .add("updated_at", row.updated_at);
}

void put(writer& out, VfsFileVersion const& row) {
  row_writer(out)
      .add("id", row.id)
      .add("file_id", row.file_id)
      .add("version", row.version)
      .add("content", row.content)
      .add("change_source", row.change_source)
      .add("created_at", row.created_at);
}

void put(writer& out, AuditLog const& row) {
  row_writer(out)
      .add("id", row.id)
      .add("app_id", row.app_id)
      .add("action", row.action)
      .add("resource_type", row.resource_type)
      .add("resource_id", row.resource_id)
      .add("details", row.details_json)
      .add("timestamp", row.timestamp);
}

void put(writer& out, AppUsage const& row) {
  row_writer(out)
      .add("app_id", row.app_id)
      .add("resource", row.resource)
      .add("count", row.count)
      .add("period", row.period)
      .add("updated_at", row.updated_at);
}

void put(writer& out, boost::json::value const& value) { out.raw(boost::json::serialize(value)); }
void put(writer& out, boost::json::object const& value) { out.raw(boost::json::serialize(value)); }

void put_list(writer& out, std::string_view name, std::vector<std::string> const& texts) {
  out.key(name).open_list();
  for (std::string const& text : texts) out.value(std::string_view{text});
  out.close_list();
}

}  // namespace kernel::http
