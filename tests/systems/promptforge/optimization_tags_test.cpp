// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <optimizations.hpp>
#include <promptforge/repositories.hpp>
#include <string>
#include <vector>

using namespace promptforge;
using texts = std::vector<std::string>;

namespace {

template <class Work>
void with_tagged(Work work) {
  tests::system_database db;
  db->write([&](forge_db::sqlite::write_session& s) {
    app::optimizations const runs{s};
    auto const prompt = PromptRepository{s}.insert({.content = "x"});
    work(s, runs,
         runs.create({.raw_prompt = "x",
                      .project = "Alpha",
                      .tags = texts{"a", "b"},
                      .title = "Title",
                      .prompt_id = prompt.id}));
  });
}

}  // namespace

TEST_CASE("OptimizationRepository.update_tags: appends what is missing, then takes out, and keeps what is unset") {
  with_tagged([](auto&, auto const& runs, Optimization const& row) {
    auto const changed = runs.update_tags(row.id, {.add = {"c", "a", "d"}, .remove = {"b", "d"}});
    REQUIRE(changed);
    CHECK(changed->id == row.id);
    CHECK(changed->tags == texts{"a", "c"});
    CHECK(changed->project == "Alpha");
    CHECK(changed->title == "Title");
    CHECK(runs.get_by_id(row.id)->tags == texts{"a", "c"});
    CHECK(runs.update_tags(row.id, {})->tags == texts{"a", "c"});
  });
}

TEST_CASE("OptimizationRepository.update_tags: an emptied list is NULL, and texts are cleared by null and by nothing") {
  with_tagged([](auto&, auto const& runs, Optimization const& row) {
    CHECK(runs.update_tags(row.id, {.remove = {"a", "b"}})->tags.empty());
    CHECK_FALSE(runs.get_by_id(row.id)->tags);
    CHECK(runs.update_tags(row.id, {.add = {"n"}, .project = "Beta"})->project == "Beta");
    auto const cleared = runs.update_tags(row.id, {.project = forge_db::null, .title = ""});
    CHECK_FALSE(cleared->project);
    CHECK_FALSE(cleared->title);
    CHECK_FALSE(runs.get_by_id(row.id)->title);
    CHECK(runs.get_by_id(row.id)->prompt_id == row.prompt_id);
    CHECK_FALSE(runs.update_tags(OptimizationId{forge_db::uuid_v4()}, {.add = {"a"}}));
  });
}

TEST_CASE("OptimizationRepository.update_tags: what is no list is not written over") {
  with_tagged([](auto& s, auto const& runs, Optimization const& row) {
    s.connection().execute_script("update optimizations set tags = 'a, b'");
    CHECK_THROWS_AS(runs.update_tags(row.id, {.add = {"c"}}), forge_db::sql_error);
    CHECK(runs.update_tags(row.id, {.title = "New"})->title == "New");
    auto kept = s.connection().prepare_once("select tags from optimizations");
    REQUIRE(kept.step());
    CHECK(kept.text(0) == "a, b");
    CHECK_THROWS_AS(runs.update_tags(row.id, {.add = {""}}), forge_db::invalid_value);
  });
}
