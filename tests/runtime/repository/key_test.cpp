// SPDX-License-Identifier: MIT
// Keys of types that have values which cannot be stored: finding by one is refused by the column's name.
#include "support/catch.hpp"

#include <forge_db/core/core.hpp>
#include <forge_db/query/span_source.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/schema/schema.hpp>

#include <string>
#include <tuple>

namespace {

using namespace forge_db;

struct Entry {
  std::string diary{};
  date day{};
};

namespace entries {
template <class Self, class Value, class Storage, std::size_t Index>
struct entry_column : column<Self> {
  using row_type = Entry;
  using value_type = Value;
  using storage_type = Storage;
  static constexpr std::size_t index = Index;
  static constexpr bool nullable = false;
};
struct diary_t : entry_column<diary_t, std::string, storage::text, 0> {
  static constexpr std::string_view name = "diary", quoted = "\"diary\"";
};
struct day_t : entry_column<day_t, date, storage::date_text, 1> {
  static constexpr std::string_view name = "day", quoted = "\"day\"";
};
}  // namespace entries

date const beyond = date::from_unix_days(parse_date("9999-12-31")->unix_days() + 1);

template <class Bind>
void refused_by_name(Bind bind) {
  try {
    bind();
    FAIL("not refused");
  } catch (invalid_value const& failure) {
    CHECK(failure.context().table == "entries");
    CHECK(failure.context().column == "day");
  }
}

}  // namespace

template <>
struct forge_db::table<Entry> {
  using row_type = Entry;
  static constexpr std::string_view name = "entries", quoted = "\"entries\"";
  using columns = column_list<entries::diary_t, entries::day_t>;
  using key = column_list<entries::diary_t, entries::day_t>;
  static constexpr std::string_view select_list = R"("diary", "day")";
};

TEST_CASE("a key that cannot be stored is refused by the name of its column") {
  cell_sink sink;
  key_of<Entry> const key{"mine", beyond};
  refused_by_name([&] { detail::bind_key(sink, 1, key, table<Entry>::key{}); });
  int index = 1;
  refused_by_name([&] { detail::key_equals<Entry>(key).bind(sink, index); });
  refused_by_name([&] { detail::bind_key(sink, 1, beyond, column_list<entries::day_t>{}); });
  CHECK_NOTHROW(detail::bind_key(sink, 1, *parse_date("9999-12-31"), column_list<entries::day_t>{}));
}
