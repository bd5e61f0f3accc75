// SPDX-License-Identifier: MIT
#include "http/list_cursor.hpp"
#include "support/catch.hpp"

#include <forge_db/core/error.hpp>

#include <string>

using forge_db::bad_cursor;
using kernel::http::list_cursor;

TEST_CASE("a cursor is of the names of its list, each for itself") {
  list_cursor const mine{"documents", "mail", "inbox"};
  std::string const text = mine.text_of("AQ4s");
  CHECK(mine.place_in(text) == "AQ4s");
  CHECK(list_cursor{"documents", "mail", "inbox"}.place_in(text) == "AQ4s");
  for (list_cursor const& other :
       {list_cursor{"files", "mail", "inbox"}, list_cursor{"documents", "chat", "inbox"},
        list_cursor{"documents", "mail", ""}, list_cursor{"documents", "mail"},
        list_cursor{"documents", "inbox", "mail"}, list_cursor{"document", "smail", "inbox"},
        list_cursor{"documents", "maili", "nbox"}, list_cursor{"documents", "mailinbox", ""}}) {
    CHECK_THROWS_AS(other.place_in(text), bad_cursor);
  }
}

TEST_CASE("a place has the checksum of its own list, whatever it is") {
  list_cursor const mine{"documents", "mail"};
  for (char const* place : {"", "AQ4s", "\xff"}) CHECK(mine.place_in(mine.text_of(place)) == place);
  std::string const text = mine.text_of("AQ4s");
  for (std::string const& changed : {std::string(), std::string("AQ4s"), std::string("AQ4s."), "AQ4t" + text.substr(4),
                                     text + "0", text.substr(0, text.size() - 1), ' ' + text}) {
    CHECK_THROWS_AS(mine.place_in(changed), bad_cursor);
  }
}
