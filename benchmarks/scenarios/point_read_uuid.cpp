// SPDX-License-Identifier: MIT
// One row by its uuid, kept as text of 36 characters, with two time stamps kept as text: PromptForge's kind of row.

#include "harness/c_api.hpp"
#include "harness/scenario.hpp"

#include <bench/documents_repository.hpp>

#include <forge_db/forge_db.hpp>

#include <array>
#include <cstring>
#include <optional>

namespace {

constexpr std::size_t rows = 5'000;
constexpr std::size_t reads = 10'000;

using key = std::array<std::uint8_t, 16>;

struct document {
  key id{};
  std::string title;
  std::string body;
  std::string status;
  std::optional<double> score;
  std::int64_t created_us{};
  std::int64_t updated_us{};
};

key key_of(std::size_t i) {
  key k{};
  std::uint64_t const a = (i % rows + 1) * 0x9E3779B97F4A7C15u;
  std::uint64_t const b = a ^ (a >> 29);
  std::memcpy(k.data(), &a, 8);
  std::memcpy(k.data() + 8, &b, 8);
  return k;
}

void write_key(key const& k, char* out) {
  constexpr char const* digits = "0123456789abcdef";
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *out++ = '-';
    *out++ = digits[k[i] >> 4];
    *out++ = digits[k[i] & 15];
  }
}

std::uint8_t nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  throw std::runtime_error("not a uuid");
}

key read_key(char const* text, int size) {
  if (size != 36) throw std::runtime_error("not a uuid");
  key k{};
  for (std::uint8_t& byte : k) {
    if (*text == '-') ++text;
    byte = static_cast<std::uint8_t>(nibble(text[0]) << 4 | nibble(text[1]));
    text += 2;
  }
  return k;
}

int number(char const* text, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') throw std::runtime_error("not a time stamp");
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// `YYYY-MM-DD HH:MM:SS.ffffff` in UTC to microseconds since 1970.
std::int64_t read_time(char const* t, int size) {
  if (size != 26 || t[4] != '-' || t[7] != '-' || t[10] != ' ' || t[13] != ':' || t[16] != ':' || t[19] != '.') {
    throw std::runtime_error("not a time stamp");
  }
  int const month = number(t + 5, 2);
  int const day = number(t + 8, 2);
  int const hour = number(t + 11, 2);
  int const minute = number(t + 14, 2);
  int const second = number(t + 17, 2);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) {
    throw std::runtime_error("not a time stamp");
  }
  int const year = number(t, 4) - (month <= 2 ? 1 : 0);
  int const era = year / 400;
  int const year_of_era = year - era * 400;
  int const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  std::int64_t const days = std::int64_t{era} * 146097 + day_of_era - 719468;
  return ((days * 24 + hour) * 60 + minute) * 60'000'000 + std::int64_t{second} * 1'000'000 + number(t + 20, 6);
}

void text(sqlite3_stmt* s, int column, std::string& out) {
  auto const* data = reinterpret_cast<char const*>(sqlite3_column_text(s, column));
  out.assign(data, static_cast<std::size_t>(sqlite3_column_bytes(s, column)));
}

std::int64_t time(sqlite3_stmt* s, int column) {
  auto const* data = reinterpret_cast<char const*>(sqlite3_column_text(s, column));
  return read_time(data, sqlite3_column_bytes(s, column));
}

void read(sqlite3_stmt* s, document& out) {
  auto const* id = reinterpret_cast<char const*>(sqlite3_column_text(s, 0));
  out.id = read_key(id, sqlite3_column_bytes(s, 0));
  text(s, 1, out.title);
  text(s, 2, out.body);
  text(s, 3, out.status);
  if (sqlite3_column_type(s, 4) == SQLITE_NULL) {
    out.score.reset();
  } else {
    out.score = sqlite3_column_double(s, 4);
  }
  out.created_us = time(s, 5);
  out.updated_us = time(s, 6);
}

void make_documents(bench::folder const& file) {
  bench::c_api::database db = bench::c_api::open(file);
  bench::c_api::execute(
      db.get(),
      "create table \"documents\" (\"id\" text not null primary key, \"title\" text not null,"
      "\"body\" text not null, \"status\" text not null, \"score\" real, \"created_at\" text not null,"
      "\"updated_at\" text not null); begin");
  {
    bench::c_api::statement s =
        bench::c_api::prepare(db.get(), "insert into \"documents\" values (?, 'A title', ?, 'open', ?, ?, ?)");
    for (std::size_t i = 0; i < rows; ++i) {
      char id[36];
      write_key(key_of(i), id);
      std::string const body(100 + i % 200, 'b');
      std::string const stamp = "2024-05-" + std::to_string(10 + i % 20) + " 12:34:56.789012";
      sqlite3_bind_text(s.get(), 1, id, 36, SQLITE_STATIC);
      sqlite3_bind_text(s.get(), 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
      if (i % 3 != 0) {
        sqlite3_bind_double(s.get(), 3, static_cast<double>(i) / 8);
      } else {
        sqlite3_bind_null(s.get(), 3);
      }
      sqlite3_bind_text(s.get(), 4, stamp.data(), 26, SQLITE_STATIC);
      sqlite3_bind_text(s.get(), 5, stamp.data(), 26, SQLITE_STATIC);
      bench::c_api::check(db.get(), sqlite3_step(s.get()), SQLITE_DONE);
      sqlite3_reset(s.get());
    }
  }
  bench::c_api::execute(db.get(), "commit");
}

std::uint64_t checksum(std::uint8_t first, std::string const& body, bool score, std::int64_t created_us) {
  return first + body.size() + (score ? 1 : 2) + static_cast<std::uint64_t>(created_us);
}

bench::competitor on_c_api(bench::folder const& folder) {
  auto db = std::make_shared<bench::c_api::database>(bench::c_api::open(folder / "documents.db"));
  auto find = std::make_shared<bench::c_api::statement>(
      bench::c_api::prepare(db->get(),
                            "select \"id\", \"title\", \"body\", \"status\", \"score\", \"created_at\", \"updated_at\" "
                            "from \"documents\" where \"id\" = ?"));
  return {.name = "c_api", .run = [db, find] {
            sqlite3_stmt* s = find->get();
            std::uint64_t sum = 0;
            bench::c_api::execute(db->get(), "begin");
            for (std::size_t i = 0; i < reads; ++i) {
              std::optional<document> row;
              char id[36];
              write_key(key_of(i), id);
              sqlite3_bind_text(s, 1, id, 36, SQLITE_STATIC);
              int const result = sqlite3_step(s);
              if (result == SQLITE_ROW) {
                read(s, row.emplace());
              } else {
                bench::c_api::check(db->get(), result, SQLITE_DONE);
              }
              sqlite3_reset(s);
              sum += checksum(row->id[0], row->body, row->score.has_value(), row->created_us);
            }
            bench::c_api::execute(db->get(), "commit");
            return sum;
          }};
}

bench::competitor on_forge_db(bench::folder const& folder) {
  auto db = std::make_shared<forge_db::sqlite::database>(forge_db::sqlite::open(folder / "documents.db"));
  return {.name = "forge_db", .run = [db] {
            return db->read([](auto& session) {
              bench::DocumentRepository documents{session};
              std::uint64_t sum = 0;
              for (std::size_t i = 0; i < reads; ++i) {
                key const k = key_of(i);
                forge_db::uuid id;
                std::memcpy(id.data, k.data(), k.size());
                std::optional<bench::Document> const row = documents.find(id);
                sum += checksum(row->id.data[0], row->body, row->score.has_value(), row->created_at.unix_us());
              }
              return sum;
            });
          }};
}

bench::registered const scenario{{"point_read_uuid", reads, [](bench::folder const& folder) {
                                    make_documents(folder / "documents.db");
                                    return std::vector{on_c_api(folder), on_forge_db(folder)};
                                  }}};

}  // namespace
