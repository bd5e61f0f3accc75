// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "support/view_row.hpp"

#include <forge_db/session/session.hpp>

using namespace forge_db;
using tests::Stock;
namespace stock = tests::stock;

static_assert(view_row<Stock>);

TEST_CASE("a view is selected, filtered, sorted and seen in place like a table") {
  auto db = sqlite::open(":memory:");
  db.write([](auto& session) {
    session.connection().execute_script(
        "create table copies (title text not null);"
        "insert into copies values ('Emma'), ('Lakes'), ('Emma');"
        "create view stock as select title, count(*) as copies from copies group by title");
    CHECK(session.all(select<Stock>().order_by(stock::copies.desc())).front().title == "Emma");
    CHECK(session.one(select<Stock>().where(stock::copies > 1)).copies == 2);
    CHECK(session.value(select(count()).from<Stock>().where(stock::title.contains("a"))) == 2);
    for (auto const& view : session.views(select<Stock>().where(stock::title == "Lakes"))) {
      CHECK(view[stock::copies] == 1);
    }
  });
}
