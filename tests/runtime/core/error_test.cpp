// SPDX-License-Identifier: MIT

#include <forge_db/core/error.hpp>

#include "support/catch.hpp"

#include <exception>
#include <string>
#include <type_traits>

using namespace forge_db;

static_assert(std::is_nothrow_copy_constructible_v<error>);
static_assert(std::is_nothrow_copy_constructible_v<constraint_violation>);

TEST_CASE("what() is our text, then place, constraint and the engine's text apart") {
  constraint_violation const failure{error_code::unique_violation,
                                     "forge_db: insert() would repeat a unique value",
                                     {.sql = "insert into books (isbn) values (?)",
                                      .table = "books",
                                      .column = "isbn",
                                      .constraint = "uq_books_isbn",
                                      .engine_message = "UNIQUE constraint failed: books.isbn",
                                      .engine_code = 19,
                                      .engine_extended_code = 2067}};
  CHECK(std::string(failure.what()) ==
        "forge_db: insert() would repeat a unique value [books.isbn] [constraint uq_books_isbn] "
        "[engine 2067: UNIQUE constraint failed: books.isbn]");
  CHECK(failure.message() == "forge_db: insert() would repeat a unique value");
  CHECK(failure.code() == error_code::unique_violation);
  CHECK(failure.context().sql == "insert into books (isbn) values (?)");
  CHECK(failure.context().engine_code == 19);
}

TEST_CASE("what() names only what is known") {
  CHECK(std::string(busy{"forge_db: locked"}.what()) == "forge_db: locked");
  CHECK(std::string(not_found{"m", {.table = "books"}}.what()) == "m [books]");
  CHECK(std::string(decode_error{"m", {.column = "n"}}.what()) == "m [n]");
  CHECK(std::string(sql_error{"m", {.engine_message = "e"}}.what()) == "m [engine: e]");
  CHECK(std::string(sql_error{"m", {.engine_message = "e", .engine_code = 1}}.what()) == "m [engine 1: e]");
}

TEST_CASE("each family has its code, and is caught as error") {
  auto const code_of = [](auto const& thrown) {
    try {
      throw thrown;
    } catch (error const& caught) {
      return caught.code();
    }
  };
  CHECK(code_of(busy{""}) == error_code::busy);
  CHECK(code_of(not_found{""}) == error_code::not_found);
  CHECK(code_of(too_many_rows{""}) == error_code::too_many_rows);
  CHECK(code_of(stale_row{""}) == error_code::stale_row);
  CHECK(code_of(corrupt{""}) == error_code::corrupt);
  CHECK(code_of(read_only{""}) == error_code::read_only);
  CHECK(code_of(disk_full{""}) == error_code::disk_full);
  CHECK(code_of(io_error{""}) == error_code::io_error);
  CHECK(code_of(cannot_open{""}) == error_code::cannot_open);
  CHECK(code_of(interrupted{""}) == error_code::interrupted);
  CHECK(code_of(session_misuse{""}) == error_code::session_misuse);
  CHECK(code_of(decode_error{""}) == error_code::decode_error);
  CHECK(code_of(invalid_value{""}) == error_code::invalid_value);
  CHECK(code_of(migration_failed{""}) == error_code::migration_failed);
  CHECK(code_of(bad_cursor{""}) == error_code::bad_cursor);
  CHECK(code_of(not_supported{""}) == error_code::not_supported);
  CHECK(code_of(connection_lost{""}) == error_code::connection_lost);
  CHECK(code_of(sql_error{""}) == error_code::sql_error);
}

TEST_CASE("a copy outlives the original") {
  std::exception_ptr kept;
  {
    decode_error const original{"m", {.table = "books"}};
    kept = std::make_exception_ptr(original);
  }
  try {
    std::rethrow_exception(kept);
  } catch (decode_error const& copy) {
    CHECK(copy.context().table == "books");
    CHECK(copy.message() == "m");
  }
}
