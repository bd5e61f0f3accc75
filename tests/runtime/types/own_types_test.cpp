// SPDX-License-Identifier: MIT
// Types of one's own, lenient columns and the storages of other programs, on tables written as the generator would.
#include <forge_db/query/query.hpp>
#include <forge_db/schema/codec_foreign.hpp>
#include <forge_db/schema/codec_foreign_time.hpp>
#include <forge_db/schema/cpp_codec.hpp>
#include <forge_db/schema/lenient.hpp>
#include <forge_db/schema/schema.hpp>
#include <forge_db/session/session.hpp>

#include "support/catch.hpp"

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace forge_db;

struct money {
  std::int64_t cents = 0;
  friend bool operator==(money const&, money const&) = default;
};
struct label {
  std::string text{};
  friend bool operator==(label const&, label const&) = default;
};

struct Sale {
  std::int64_t id{};
  money price{};
  std::optional<label> note{};
  std::optional<timestamp> at{};
};
struct NewSale {
  using row_type = Sale;
  std::optional<std::int64_t> id{};
  required<money> price;
  std::optional<label> note{};
  required<timestamp> at;
};
struct SalePatch {
  using row_type = Sale;
  std::optional<money> price{};
  patch<label> note{};
  std::optional<timestamp> at{};
};

namespace sales {
template <class Self, class Value, class Storage, std::size_t Index, bool Nullable>
struct sale_column : column<Self> {
  using row_type = Sale;
  using value_type = Value;
  using storage_type = Storage;
  static constexpr std::size_t index = Index;
  static constexpr bool nullable = Nullable;
};
struct id_t : sale_column<id_t, std::int64_t, storage::integer, 0, false> {
  using column<id_t>::operator=;
  static constexpr std::string_view name = "id", quoted = "\"id\"";
};
struct price_t : sale_column<price_t, money, storage::as<std::int64_t, storage::integer>, 1, false> {
  using column<price_t>::operator=;
  static constexpr std::string_view name = "price", quoted = "\"price\"";
};
struct note_t : sale_column<note_t, label, storage::as<std::string, storage::text>, 2, true> {
  using column<note_t>::operator=;
  static constexpr std::string_view name = "note", quoted = "\"note\"";
};
struct at_t : sale_column<at_t, timestamp, storage::lenient<storage::timestamp_text>, 3, false> {
  using column<at_t>::operator=;
  static constexpr std::string_view name = "at", quoted = "\"at\"";
};
inline constexpr id_t id{};
inline constexpr price_t price{};
inline constexpr note_t note{};
inline constexpr at_t at{};
}  // namespace sales

}  // namespace

template <>
struct forge_db::cpp_codec<money> {
  static std::int64_t to_storage(money const& value) { return value.cents; }
  static std::optional<money> from_storage(std::int64_t cents) {
    return cents < 0 ? std::nullopt : std::optional(money{cents});
  }
};
/// Answers text that ends with the call: it must be copied before the statement runs.
template <>
struct forge_db::cpp_codec<label> {
  static std::string to_storage(label const& value) { return "<" + value.text + ">"; }
  static label from_storage(std::string_view text) { return {std::string(text.substr(1, text.size() - 2))}; }
};
template <>
struct forge_db::table<Sale> {
  using row_type = Sale;
  using new_type = NewSale;
  using patch_type = SalePatch;
  static constexpr std::string_view name = "sales", quoted = "\"sales\"";
  using columns = column_list<sales::id_t, sales::price_t, sales::note_t, sales::at_t>;
  using key = column_list<sales::id_t>;
  using uniques = column_sets<>;
  static constexpr bool generated_key = true;
  static constexpr std::string_view select_list = R"("id", "price", "note", "at")";
  static constexpr std::string_view insert_columns = select_list;
  using database_defaults = column_list<>;
  using on_update_now = column_list<>;
};

namespace {

static_assert(storable_as<money, std::int64_t> && storable_as<label, std::string>);
static_assert(!storable_as<label, std::int64_t> && !storable_as<std::string, std::int64_t>);
static_assert(searchable_text<sales::note_t>() && !searchable_text<sales::price_t>());

std::string const long_text(60, 'x');
timestamp const noon = *parse_timestamp_lenient("2024-01-31 12:00:00");

auto made() {
  auto db = sqlite::open(":memory:");
  db.write([](auto& session) {
    session.connection().execute_script(
        "create table sales (id integer primary key, price integer not null, note text, at text not null)");
    std::vector<NewSale> const two{{.price = money{5}, .note = label{long_text}, .at = noon},
                                   {.price = money{7}, .at = noon}};
    session.execute(insert(two));
    session.execute(insert(NewSale{.price = money{9}, .note = label{"c"}, .at = noon}));
  });
  return db;
}

}  // namespace

TEST_CASE("types of one's own in rows, conditions, orders, spans, patches and views") {
  auto db = made();
  db.write([](auto& session) {
    CHECK(session.one(select<Sale>().where(sales::price == money{5})).note == label{long_text});
    CHECK(session.one(select<Sale>().where(sales::note == label{long_text})).price == money{5});
    CHECK(session.all(select<Sale>().where(sales::price.in({money{5}, money{9}}))).size() == 2);
    CHECK(session.all(select<Sale>().where(sales::note.in({label{long_text}, label{"c"}}))).size() == 2);
    CHECK(session.all(select<Sale>().where(sales::note.contains("<C"))).size() == 1);
    CHECK(session.first(select<Sale>().order_by(sales::price.desc()))->price == money{9});
    SalePatch change;
    change.note = label{"changed"};
    session.execute(update<Sale>().set(change).where(sales::price == money{7}));
    session.execute(update<Sale>().set(sales::price = money{8}).where(sales::price == money{7}));
    for (auto const& view : session.views(select<Sale>().where(sales::price == money{8}))) {
      CHECK(view[sales::note] == label{"changed"});
    }
  });
}

TEST_CASE("what a cpp_codec refuses is a decode_error with names") {
  auto db = made();
  db.write([](auto& session) {
    session.connection().execute_script("update sales set price = -1 where id = 1");
    try {
      static_cast<void>(session.all(select<Sale>()));
      FAIL("decode_error expected");
    } catch (decode_error const& error) {
      CHECK(error.context().table == "sales");
      CHECK(error.context().column == "price");
    }
  });
}

TEST_CASE("a lenient column is empty for what cannot be read") {
  auto db = made();
  db.write([](auto& session) {
    session.connection().execute_script("update sales set at = 'yesterday' where id = 2");
    std::vector<Sale> const rows = session.all(select<Sale>().order_by(sales::id.asc()));
    CHECK(rows[0].at == noon);
    CHECK_FALSE(rows[1].at.has_value());
    CHECK(rows[2].at == noon);
    for (auto const& view : session.views(select<Sale>().where(sales::id == 2))) {
      CHECK_FALSE(view[sales::at].has_value());
    }
    CHECK(session.all(select<Sale>().where(sales::at == noon)).size() == 2);
  });
}

namespace {

/// A cell that was written, read again.
struct kept_cell : cell_sink {
  std::int64_t int64(int) const { return as_int64(); }
  double float64(int) const { return kind_of() == value_kind::integer ? double(as_int64()) : as_float64(); }
  std::string_view text(int) const { return {static_cast<char const*>(data()), size()}; }
  value_kind kind(int) const { return kind_of(); }
  value_kind kind_of() const { return cell_sink::kind(); }
  using cell_sink::float64;
  using cell_sink::int64;
  using cell_sink::text;
};

template <class Storage, class T>
T again(T const& value) {
  kept_cell cell;
  codec<T, Storage>::write(static_cast<cell_sink&>(cell), 1, value);
  T out{};
  codec<T, Storage>::read(cell, 0, out);
  return out;
}
template <class Storage, class T>
std::string texted(T const& value) {
  kept_cell cell;
  codec<T, Storage>::write(static_cast<cell_sink&>(cell), 1, value);
  return std::string(cell.text(0));
}

}  // namespace

TEST_CASE("time stamps as other programs store them") {
  auto const whole = noon;
  auto const fine = timestamp::from_unix_us(noon.unix_us() + 123'456);
  auto const early = timestamp::from_unix_us(-1);
  CHECK(again<storage::timestamp_s>(fine) == whole);
  CHECK(again<storage::timestamp_s>(early).unix_us() == -1'000'000);
  CHECK(again<storage::timestamp_ms>(fine).unix_us() == noon.unix_us() + 123'000);
  CHECK(again<storage::timestamp_real>(fine) == fine);
  CHECK(again<storage::timestamp_julian>(fine).unix_us() == noon.unix_us() + 123'000);
  CHECK(again<storage::timestamp_text_s>(fine) == whole);
  CHECK(again<storage::timestamp_iso>(fine) == fine);
  CHECK(texted<storage::timestamp_text_s>(fine) == "2024-01-31 12:00:00");
  CHECK(texted<storage::timestamp_iso>(fine) == "2024-01-31T12:00:00.123456Z");
}

TEST_CASE("dates, booleans and decimals as other programs store them") {
  auto const day = *parse_date("2024-02-29");
  CHECK(again<storage::date_number>(day) == day);
  CHECK(again<storage::date_s>(day) == day);
  CHECK(texted<storage::boolean_text>(true) == "true");
  CHECK(texted<storage::boolean_letter>(false) == "N");
  CHECK(again<storage::boolean_letter>(true));
  using price = decimal<10, 2>;
  CHECK(again<storage::decimal_real>(price::from_scaled(-1999)) == price::from_scaled(-1999));
  CHECK(again<storage::decimal_text>(price::from_scaled(5)) == price::from_scaled(5));
  date out;
  kept_cell odd;
  odd.int64(1, 20240230);
  CHECK_THROWS_AS((codec<date, storage::date_number>::read(odd, 0, out)), decode_error);
}
