// SPDX-License-Identifier: MIT
// A column `{type: vector, dimensions: N}` from the spec to the nearest neighbours.
#include "support/catch.hpp"

#include <measures/migrations.hpp>
#include <measures/notes_repository.hpp>

#include <forge_db/driver/sqlite/sqlite_functions.hpp>
#include <forge_db/migration/migration.hpp>
#include <forge_db/query/functions/vector_distance.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/seed/detail/value_reader.hpp>
#include <forge_db/session/session.hpp>
#include <forge_db/text/row_text.hpp>
#include <forge_db/text/to_json.hpp>

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

using namespace forge_db;
using measures::Note;
using measures::NoteRepository;
namespace notes = measures::notes;

namespace {

sqlite::database migrated() {
  auto db = sqlite::open(":memory:");
  migration::runner{db}.upgrade({&measures::migrations()});
  return db;
}

bool reads(std::string_view text, vector<3>& out) {
  return seed::detail::read_value<storage::vector_blob>(text, out).empty();
}

}  // namespace

TEST_CASE("a repository keeps vectors bit by bit, and an unset one is NULL") {
  auto db = migrated();
  db.write([](auto& session) {
    NoteRepository repository{session};
    vector<3> const odd{{-0.0F, std::numeric_limits<float>::denorm_min(), std::numeric_limits<float>::max()}};
    auto const kept = repository.insert({.embedding = odd});
    CHECK(kept.embedding == odd);
    CHECK_FALSE(kept.wide);
    vector<21> wide;
    wide[20] = 0.1F;
    repository.update(kept.id, {.wide = wide});
    CHECK(repository.get(kept.id).wide == wide);
    repository.update(kept.id, {.wide = null});
    CHECK_FALSE(repository.get(kept.id).wide);
  });
}

TEST_CASE("a vector that is not finite is refused, as a row's and as a parameter") {
  auto db = migrated();
  db.write([](auto& session) {
    for (float const odd : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
      vector<3> const refused{{0, odd, 0}};
      CHECK_THROWS_AS(NoteRepository{session}.insert({.embedding = refused}), invalid_value);
      CHECK_THROWS_AS(session.all(select<Note>().where(l2_distance(notes::embedding, refused) < 1.0)), invalid_value);
    }
    CHECK(NoteRepository{session}.count() == 0);
  });
}

TEST_CASE("the nearest neighbours of a vector, from rows of a generated repository") {
  auto db = migrated();
  db.write([](auto& session) {
    std::vector<measures::NewNote> rows;
    for (int i = 0; i < 50; ++i) rows.push_back({.embedding = vector<3>{{static_cast<float>(i), 0, 0}}});
    NoteRepository{session}.insert_many(rows);
    vector<3> const wanted{{17.25F, 0, 0}};
    // [nearest]
    std::vector<Note> const nearest = session.all(
        select<Note>().order_by(l2_distance(notes::embedding, wanted).asc().nulls_last(), notes::id.asc()).limit(3));
    // [/nearest]
    REQUIRE(nearest.size() == 3);
    CHECK(nearest[0].embedding[0] == 17.0F);
    CHECK(nearest[1].embedding[0] == 18.0F);
    CHECK(nearest[2].embedding[0] == 16.0F);
    CHECK(session.value(select(count()).template from<Note>().where(l2_distance(notes::embedding, wanted) < 1.0)) == 2);
  });
}

TEST_CASE("a vector of another program with other dimensions is a decode_error") {
  auto db = migrated();
  db.write([](auto& session) {
    session.connection().execute_script("insert into notes (id, embedding) values (1, zeroblob(16))");
    CHECK_THROWS_AS(NoteRepository{session}.get(1), decode_error);
  });
}

TEST_CASE("vectors are lists of numbers as JSON, and are read from such text") {
  Note const note{.id = 1, .embedding = {{0.1F, -2, 3e30F}}, .wide = {}};
  CHECK(to_json(note) == R"({"id": 1, "embedding": [0.1, -2.0, 3e+30], "wide": null})");
  CHECK(row_text(note) == "notes{id: 1, embedding: [0.1, -2.0, 3e+30], wide: null}");
  vector<3> out;
  REQUIRE(reads("[0.1, -2.0, 3e+30]", out));
  CHECK(out == note.embedding);
  CHECK(reads("[1,2, 3 ]", out));
  for (std::string_view const wrong :
       {"", "[", "[]", "1,2,3", "[1,2]", "[1,2,3,4]", "[1,,3]", "[1,2,x]", "[1,2,nan]"}) {
    CAPTURE(wrong);
    CHECK_FALSE(reads(wrong, out));
  }
}
