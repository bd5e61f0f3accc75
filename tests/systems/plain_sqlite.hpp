// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

using plain_row = std::vector<std::string>;

/// A file by SQLite's own functions, without ForgeDB: the other side of a comparison. Every value is read as text, NULL
/// as `(null)`.
class plain_sqlite {
 public:
  explicit plain_sqlite(std::string const& file) {
    sqlite3* opened = nullptr;
    int const result = sqlite3_open(file.c_str(), &opened);
    database_.reset(opened);
    check(result);
    run("pragma synchronous = off");
    run("pragma cache_size = -262144; pragma temp_store = memory");
  }

  /// Runs statements whose rows nobody wants.
  void run(std::string const& sql) const { check(sqlite3_exec(native(), sql.c_str(), nullptr, nullptr, nullptr)); }

  /// The rows of one statement, whose `?` are these texts.
  [[nodiscard]] std::vector<plain_row> rows(std::string const& sql,
                                            std::initializer_list<std::string_view> values = {}) const {
    auto const statement = prepare(sql);
    int index = 0;
    for (auto const value : values) {
      check(sqlite3_bind_text(statement.get(), ++index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC));
    }
    std::vector<plain_row> found;
    int result = sqlite3_step(statement.get());
    for (; result == SQLITE_ROW; result = sqlite3_step(statement.get())) found.push_back(row_of(statement.get()));
    if (result != SQLITE_DONE) check(result);
    return found;
  }

  /// The first column of each row.
  [[nodiscard]] plain_row column(std::string const& sql, std::initializer_list<std::string_view> values = {}) const {
    plain_row first;
    for (auto& row : rows(sql, values)) first.push_back(std::move(row.front()));
    return first;
  }

  [[nodiscard]] std::string value(std::string const& sql, std::initializer_list<std::string_view> values = {}) const {
    return column(sql, values).at(0);
  }

  [[nodiscard]] sqlite3* native() const noexcept { return database_.get(); }

 private:
  struct close {
    void operator()(sqlite3* each) const noexcept { sqlite3_close(each); }
    void operator()(sqlite3_stmt* each) const noexcept { sqlite3_finalize(each); }
  };

  void check(int result) const {
    if (result != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(native()));
  }
  [[nodiscard]] std::unique_ptr<sqlite3_stmt, close> prepare(std::string const& sql) const {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(native(), sql.c_str(), -1, &made, nullptr));
    return std::unique_ptr<sqlite3_stmt, close>(made);
  }
  static plain_row row_of(sqlite3_stmt* statement) {
    plain_row row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement, i));
      row.emplace_back(
          text == nullptr ? "(null)" : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
    }
    return row;
  }

  std::unique_ptr<sqlite3, close> database_;
};

}  // namespace tests
