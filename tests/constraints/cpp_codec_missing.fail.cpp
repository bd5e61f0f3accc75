// expect: forge_db: a column of a C++ type of your own requires a forge_db::cpp_codec of it that fits the column's
// type; specialise it in the header that the spec names SPDX-License-Identifier: MIT
#include <forge_db/core/bytes.hpp>
#include <forge_db/query/span_source.hpp>
#include <forge_db/schema/cpp_codec.hpp>

struct money {
  std::int64_t cents = 0;
};
template <>
struct forge_db::cpp_codec<money*> {
  static std::int64_t to_storage(money const& value) { return value.cents; }
  static money from_storage(std::int64_t cents) { return {cents}; }
};

void write(forge_db::cell_sink& sink) {
  forge_db::codec<money, forge_db::storage::as<std::int64_t, forge_db::storage::integer>>::write(sink, 1, money{});
}
