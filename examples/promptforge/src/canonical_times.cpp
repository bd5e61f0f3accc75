// SPDX-License-Identifier: MIT
#include "data_rules.hpp"
#include "hand_written_sql.hpp"

#include <forge_db/core/timestamp.hpp>
#include <forge_db/schema/schema.hpp>
#include <forge_db/session/session.hpp>

#include <cstddef>
#include <cstdint>
#include <promptforge/models.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace promptforge_db {
namespace {

constexpr std::int64_t page_rows = 512;
constexpr std::int64_t named_rows = 20;  // of each column, in the report

/// One column of times: read in pages by rowid, as text, since a typed query would refuse what is no time stamp.
class time_column {
 public:
  time_column(forge_db::sqlite::connection& connection, std::string_view table, std::string_view column)
      : name_(std::string(table) + '.' + std::string(column)),
        read_(connection.prepare_once("select rowid, \"" + std::string(column) + "\", id from \"" + std::string(table) +
                                      "\" where rowid > ? and \"" + std::string(column) +
                                      "\" is not null order by rowid limit ?")),
        write_(connection.prepare_once("update \"" + std::string(table) + "\" set \"" + std::string(column) +
                                       "\" = ? where rowid = ?")) {}

  void bring_to_canonical_form(step_result& result) {
    std::int64_t last = INT64_MIN;
    while (read_page(last)) {
      for (auto const& [row, text] : page_) {
        write_.text(1, text);
        write_.int64(2, row);
        write_.step();
        write_.reset();
      }
      result.changed += static_cast<std::int64_t>(page_.size());
    }
    report_odd(result);
  }

 private:
  /// Collects the rows of the next page that need another text; false when there are no more rows.
  bool read_page(std::int64_t& last) {
    page_.clear();
    read_.int64(1, last);
    read_.int64(2, page_rows);
    std::int64_t rows = 0;
    for (; read_.step(); ++rows) {
      last = read_.int64(0);
      bool const is_text = read_.kind(1) == forge_db::value_kind::text;
      std::string_view const text = is_text ? read_.text(1) : std::string_view{};
      auto const time = forge_db::parse_timestamp_lenient(text);
      if (!is_text || !time) {
        if (++odd_ <= named_rows) odd_rows_ += (odd_ == 1 ? " " : ", ") + std::string(read_.text(2));
      } else if (std::string canonical = forge_db::timestamp_text(*time); canonical != text) {
        page_.emplace_back(last, std::move(canonical));
      }
    }
    read_.reset();
    return rows != 0;
  }

  void report_odd(step_result& result) const {
    if (odd_ == 0) return;
    bool const one = odd_ == 1;
    std::string note =
        name_ + ": " + counted(odd_, "value") + (one ? " is no time stamp and stays" : " are no time stamps and stay");
    note += (one ? ": row" : ": rows") + odd_rows_;
    if (odd_ > named_rows) note += " and " + std::to_string(odd_ - named_rows) + " more";
    result.notes.push_back(std::move(note));
  }

  std::string name_;
  forge_db::sqlite::statement read_;
  forge_db::sqlite::statement write_;
  std::vector<std::pair<std::int64_t, std::string>> page_;
  std::int64_t odd_ = 0;
  std::string odd_rows_;
};

template <class Column>
void one_column(forge_db::sqlite::connection& connection, step_result& result) {
  if constexpr (std::is_same_v<typename Column::storage_type, forge_db::storage::timestamp_text>) {
    time_column(connection, forge_db::table<typename Column::row_type>::name, Column::name)
        .bring_to_canonical_form(result);
  }
}

template <class... Columns>
void columns_of(forge_db::column_list<Columns...>, forge_db::sqlite::connection& connection, step_result& result) {
  (one_column<Columns>(connection, result), ...);
}

template <class... Rows>
step_result tables(forge_db::sqlite::connection& connection) {
  step_result result;
  (columns_of(typename forge_db::table<Rows>::columns{}, connection, result), ...);
  return result;
}

}  // namespace

step_result application_rules::canonical_times(write_session& session) {
  using namespace promptforge;
  return tables<Optimization, Project, Prompt, PromptVersion, GithubConnection, WorkspaceLink, GithubOauthConfig>(
      session.connection());
}

}  // namespace promptforge_db
