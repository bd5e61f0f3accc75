// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <optimizations.hpp>
#include <promptforge/repositories.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace promptforge;
using forge_db::timestamp;

namespace {

template <class Work>
void with_list(Work work) {
  tests::system_database db;
  db->write([&](forge_db::sqlite::write_session& s) { work(s, app::optimizations{s}); });
}

template <class Runs>
std::string raws(Runs const& runs, app::list_filter const& filter = {}, app::paging const& asked = {}) {
  std::string all;
  for (auto const& row : runs.list(filter, asked).rows) all += row.raw_prompt + ' ';
  return all;
}

}  // namespace

TEST_CASE("OptimizationRepository.list: each filter narrows, all together, and an empty text is none") {
  with_list([](auto&, auto const& runs) {
    runs.create({.raw_prompt = "a", .task_type = "code", .status = optimization_status::completed, .project = "P"});
    runs.create({.raw_prompt = "b", .task_type = "code", .overall_score = 1.0, .project = "P"});
    runs.create({.raw_prompt = "c", .overall_score = 0.5, .status = optimization_status::completed});
    app::paging const by_time{.sort = "created_at", .order = "asc"};
    CHECK(runs.list().total == 3);
    CHECK(raws(runs, {.project = "P"}, by_time) == "a b ");
    CHECK(raws(runs, {.project = "P", .task_type = "code", .status = optimization_status::pending}) == "b ");
    CHECK(runs.list({.project = "", .task_type = "", .search = ""}).total == 3);
    CHECK(raws(runs, {.completed_only = true}, by_time) == "a c ");
    CHECK(raws(runs, {.status = optimization_status::pending, .completed_only = true}).empty());
    CHECK(raws(runs, {.min_score = 5.0}, by_time) == "b c ");  // 0.5 and more
    CHECK(raws(runs, {.min_score = 5.1}) == "b ");
    CHECK(raws(runs, {.min_score = 0.6}) == "b ");
    CHECK(runs.list({.min_score = 1.0}).total == 2);  // 0.1
    CHECK(raws(runs, {.min_stored_score = 1.0}) == "b ");
    CHECK(raws(runs, {.min_score = 1.0, .min_stored_score = 0.6}) == "b ");
    CHECK(runs.list({.min_stored_score = 0.0}).total == 2);  // no score is none
  });
}

TEST_CASE("OptimizationRepository.list: searches texts and tags, without wildcards") {
  with_list([](auto& s, auto const& runs) {
    using texts = std::vector<std::string>;
    runs.create({.raw_prompt = "a", .optimized_prompt = "Needle"});
    runs.create({.raw_prompt = "b", .tags = texts{"x", "the NEEDLE"}});
    runs.create({.raw_prompt = "c", .title = "needless"});
    runs.create({.raw_prompt = "d", .project = "needle%"});
    runs.create({.raw_prompt = "needle_e", .tags = texts{"\xc3\xa4\"q"}});
    runs.create({.raw_prompt = "f"});
    app::paging const by_time{.order = "asc"};
    CHECK(raws(runs, {.search = "needle"}, by_time) == "a b c d needle_e ");
    CHECK(raws(runs, {.search = "%"}) == "d ");
    CHECK(raws(runs, {.search = "e_e"}) == "needle_e ");
    CHECK(raws(runs, {.search = "\\"}).empty());
    CHECK(raws(runs, {.search = "\xc3\xa4\"Q"}) == "needle_e ");
    CHECK(raws(runs, {.search = "\", \""}).empty());
    s.connection().execute_script("update optimizations set tags = 'needle in no list' where raw_prompt = 'f'");
    CHECK(runs.list({.search = "no list"}).total == 0);
    CHECK(runs.list().total == 6);
  });
}

TEST_CASE("OptimizationRepository.list: by project, with and without what is archived or deleted") {
  with_list([](auto& s, auto const& runs) {
    ProjectRepository const projects{s};
    auto const open = projects.insert({.name = "Open"});
    auto const archived = projects.insert({.name = "Archived", .status = project_status::archived});
    projects.insert({.name = "Deleted", .status = project_status::deleted});
    auto const prompt = PromptRepository{s}.insert({.content = "x", .project_id = archived.id});
    auto const desktop = PromptRepository{s}.insert({.content = "y"});
    runs.create({.raw_prompt = "named", .project = "Open"});
    runs.create({.raw_prompt = "linked", .project = "Open", .prompt_id = prompt.id});
    runs.create({.raw_prompt = "away", .project = "Archived", .prompt_id = desktop.id});
    runs.create({.raw_prompt = "gone", .project = "Deleted"});
    runs.create({.raw_prompt = "none"});
    app::paging const by_time{.order = "asc"};
    CHECK(raws(runs, {.project_id = open.id}) == "named ");
    CHECK(raws(runs, {.project_id = archived.id}) == "linked ");
    CHECK(raws(runs, {.include_archived = false}, by_time) == "named away none ");
    CHECK(raws(runs, {.project = "Open", .include_archived = false}) == "named ");
    CHECK(runs.list({.project_id = archived.id, .include_archived = false}).total == 0);
    CHECK(runs.list({.project_id = archived.id}).rows.at(0).project_status == project_status::archived);
  });
}

TEST_CASE("OptimizationRepository.list: sorts, and falls back where it is asked for something else") {
  with_list([](auto&, auto const& runs) {
    auto const at = [](int n) { return timestamp::from_unix_us(n); };
    runs.create({.created_at = at(1), .raw_prompt = "a", .complexity = "z", .overall_score = 0.9, .title = "m"});
    runs.create({.created_at = at(3), .raw_prompt = "b", .complexity = "y", .duration_ms = 5, .title = "m"});
    runs.create({.created_at = at(2), .raw_prompt = "c", .overall_score = 0.1, .duration_ms = 7, .title = "l"});
    CHECK(raws(runs) == "b c a ");
    CHECK(raws(runs, {}, {.order = "asc"}) == "a c b ");
    CHECK(raws(runs, {}, {.order = "ASC"}) == "b c a ");
    CHECK(raws(runs, {}, {.sort = "raw_prompt"}) == "b c a ");
    CHECK(raws(runs, {}, {.sort = "overall_score"}) == "a c b ");  // none is the least
    CHECK(raws(runs, {}, {.sort = "complexity", .order = "asc"}) == "c b a ");
    CHECK(raws(runs, {}, {.sort = "duration_ms"}) == "c b a ");
    CHECK(raws(runs, {}, {.limit = 1, .offset = 1}) == "c ");
    CHECK(runs.list({}, {.limit = 1, .offset = 7}).total == 3);
    CHECK_THROWS_AS(runs.list({}, {.limit = 0}), forge_db::invalid_value);
    CHECK_THROWS_AS(runs.list({}, {.limit = 10'001}), forge_db::invalid_value);
  });
}

TEST_CASE("OptimizationRepository.list: by key every row comes once, ties and missing values among them") {
  with_list([](auto& s, auto const& runs) {
    app::list_filter const of_project{.project_id = ProjectRepository{s}.insert({.name = "P"}).id};
    for (int i = 0; i < 23; ++i) {
      NewOptimization row{.created_at = timestamp::from_unix_us(i / 4), .raw_prompt = std::to_string(i)};
      if (i % 3 != 0) row.overall_score = i % 5 / 10.0;
      if (i % 2 != 0) row.project = "P";
      runs.create(row);
    }
    for (auto const& [filter, size] : {std::pair<app::list_filter, std::size_t>{{}, 23}, {of_project, 11}}) {
      for (char const* sort : {"created_at", "overall_score"}) {
        app::paging const all{.limit = 100, .sort = sort, .order = "asc"};
        app::paging const part{.limit = 5, .sort = sort, .order = "asc"};
        std::vector<OptimizationId> found;
        forge_db::page_cursor<OptimizationDetail> cursor;
        for (bool more = true; more;) {
          auto page = runs.list_after(cursor, filter, part);
          for (auto const& row : page.rows) found.push_back(row.id);
          cursor = page.end;
          more = !page.rows.empty();
        }
        std::vector<OptimizationId> expected;
        for (auto const& row : runs.list(filter, all).rows) expected.push_back(row.id);
        CHECK(expected.size() == size);
        CHECK(found == expected);
      }
    }
    CHECK_THROWS_AS(runs.list_after({}, {}, {.offset = 1}), forge_db::invalid_value);
  });
}
