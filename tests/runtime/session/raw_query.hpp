// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/statement.hpp>
#include <forge_db/session/session.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// The sessions' tests write their statements by hand: what a session needs of a query is little, and this is all of it.

struct word {
  std::int64_t id = 0;
  std::string text;
};

/// A row seen in place.
template <class Reader>
class word_view {
 public:
  explicit word_view(Reader& reader) : reader_(&reader) {}
  std::int64_t id() const { return reader_->int64(0); }
  std::string_view text() const { return reader_->text(1); }

 private:
  Reader* reader_;
};

/// `select id, word from words where id >= ? order by id`
struct words_from {
  static constexpr auto kind = forge_db::statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = word;
  template <class Reader>
  using view_type = word_view<Reader>;

  std::int64_t first = 0;

  static constexpr void render(forge_db::sql_writer& out) {
    out.text("select id, word from words where id >= ");
    out.parameter();
    out.text(" order by id");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    sink.int64(1, first);
  }
  template <class Reader>
  static void decode(Reader& reader, word& row) {
    row.id = reader.int64(0);
    row.text = reader.text(1);
  }
};

struct count_words {
  static constexpr auto kind = forge_db::statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = std::tuple<std::int64_t>;

  static constexpr void render(forge_db::sql_writer& out) { out.text("select count(*) from words"); }
  template <class Sink>
  void bind(Sink&) const {}
  template <class Reader>
  static void decode(Reader& reader, row_type& row) {
    std::get<0>(row) = reader.int64(0);
  }
};

/// Owns its text, as a query does that was given a temporary.
struct insert_word {
  static constexpr auto kind = forge_db::statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  std::string text;

  static constexpr void render(forge_db::sql_writer& out) {
    out.text("insert into words (word) values (");
    out.parameter();
    out.text(")");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    sink.text(1, text);
  }
};

/// Finds the rows with a text that the query owns.
struct words_like : words_from {
  std::string text;

  explicit words_like(std::string wanted) : text(std::move(wanted)) {}
  static constexpr void render(forge_db::sql_writer& out) {
    out.text("select id, word from words where word = ");
    out.parameter();
  }
  template <class Sink>
  void bind(Sink& sink) const {
    sink.text(1, text);
  }
};

inline void create_words(forge_db::sqlite::database& database) {
  database.write([](auto& session) {
    session.connection().execute_script("create table words(id integer primary key, word text not null unique)");
  });
}

inline void add(forge_db::sqlite::database& database, std::string const& text) {
  database.write([&](auto& session) { session.execute(insert_word{text}); });
}

inline std::int64_t count(forge_db::sqlite::database& database) {
  return database.read([](auto& session) { return session.value(count_words{}); });
}
