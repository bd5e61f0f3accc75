// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/promptforge/filled_runs.hpp"

#include <array>
#include <map>
#include <optimizations.hpp>
#include <promptforge/repositories.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace promptforge;
using forge_db::to_text;

namespace {

// The rules of lists in SQL of their own: joins and unions, not the view.
constexpr char const* owned =
    "with owner as (select o.id as run, p.project_id as project from optimizations o join prompts p on p.id = "
    "o.prompt_id "
    "union all select run, project from (select o.id as run, j.id as project, row_number() over (partition by o.id "
    "order "
    "by j.status = 'deleted', j.depth, j.created_at, j.id) as place from optimizations o join projects j on j.name = "
    "o.project where o.prompt_id is null) where place = 1), found as (select o.*, j.id as j_id, j.status as j_status "
    "from "
    "optimizations o left join owner w on w.run = o.id left join projects j on j.id = w.project) ";

/// A filter, and the same as a condition.
struct narrowed {
  char const* name;
  app::list_filter filter;
  std::string condition;
};

std::string contains(std::string const& word) {
  std::string const in = "like '%" + word + "%' escape '\\'";
  return "(raw_prompt " + in + " or optimized_prompt " + in + " or title " + in + " or project " + in +
         " or (json_valid(tags) and json_type(tags) = 'array' and exists (select 1 from json_each(found.tags) t where "
         "t.type = 'text' and t.value " +
         in + ")))";
}

ProjectId project(int number) {
  return ProjectId{*forge_db::parse_uuid("00000000-0000-4000-8000-0000000000" + std::string(number < 10 ? "0" : "") +
                                         std::to_string(number))};
}

std::vector<narrowed> filters() {
  std::string const of_five = "j_id = '00000000-0000-4000-8000-000000000005'";
  return {
      {"all", {}, "1"},
      {"project", {.project = "Proj 4"}, "project = 'Proj 4'"},
      {"task type", {.task_type = "task 2"}, "task_type = 'task 2'"},
      {"status", {.status = optimization_status::error}, "status = 'error'"},
      {"tenths", {.min_score = 5.0}, "overall_score >= 0.5"},
      {"below one", {.min_score = 0.25}, "overall_score >= 0.25"},
      {"stored", {.min_stored_score = 1.0}, "overall_score >= 1"},
      {"word", {.search = "nEEdle"}, contains("needle")},
      {"beyond ASCII", {.search = "\xc3\xa4"}, contains("\xc3\xa4")},
      {"percent", {.search = "0% O"}, contains("0\\% o")},
      {"underscore", {.search = "_"}, contains("\\_")},
      {"completed", {.completed_only = true}, "status = 'completed'"},
      {"of a project", {.project_id = project(5)}, of_five},
      {"of a shadowed project", {.project_id = project(16)}, "j_id = '00000000-0000-4000-8000-000000000016'"},
      {"no shelved", {.include_archived = false}, "(j_status is null or j_status not in ('archived', 'deleted'))"},
      {"together",
       {.task_type = "task 2", .min_score = 0.2, .search = "prompt", .completed_only = true, .include_archived = false},
       "task_type = 'task 2' and overall_score >= 0.2 and status = 'completed' and (j_status is null or j_status = "
       "'active') and " +
           contains("prompt")},
      {"nothing", {.project = "Proj 4", .search = "no such text", .project_id = project(5)}, "0"},
  };
}

/// The page as the rows of plain SQL are written.
std::vector<std::string> texts(std::vector<OptimizationDetail> const& rows) {
  std::vector<std::string> all;
  for (auto const& row : rows) {
    all.push_back(forge_db::uuid_text(row.id.value()) + '|' +
                  (row.project_id ? forge_db::uuid_text(row.project_id->value()) : "~") + '|' +
                  std::string(row.project_status ? to_text(*row.project_status) : "~"));
  }
  return all;
}

}  // namespace

TEST_CASE("OptimizationRepository.list: agrees with plain SQL over 20,000 rows, by every filter and every sort") {
  auto& [db, plain] = tests::filled_runs();
  // The rules once, so that 17 filters by 8 sorts do not work them out again.
  plain.rows(std::string("create temp table found as ") + owned + "select * from found");
  constexpr std::array<char const*, 8> sorts{"created_at", "overall_score", "task_type", "complexity",
                                             "status",     "duration_ms",   "title",     "project"};
  auto const all = filters();
  db->read([&](auto& s) {
    app::optimizations const runs{s};
    for (std::size_t i = 0; i < all.size(); ++i) {
      INFO(all[i].name);
      std::string const total = plain.value("select count(*) from found where " + all[i].condition);
      // Every filter by two of the sorts, "all" and "together" by each of them.
      for (std::size_t k = 0; k < sorts.size(); ++k) {
        if (i != 0 && i != 15 && k != i % 8 && k != (i + 3) % 8) continue;
        std::string const way = (i + k) % 2 == 0 ? "asc" : "desc";
        INFO(sorts[k] << ' ' << way);
        auto const offset = std::to_string(k * 11 + i * 3);
        auto const page =
            runs.list(all[i].filter, {.limit = 30, .offset = k * 11 + i * 3, .sort = sorts[k], .order = way});
        CHECK(std::to_string(page.total) == total);
        CHECK(texts(page.rows) ==
              plain.rows("select id, j_id, j_status from found where " + all[i].condition + " order by " + sorts[k] +
                         ' ' + way + ", id " + way + " limit 30 offset " + offset));
      }
    }
  });
}

TEST_CASE(
    "OptimizationRepository.get_forge_counts: agrees with plain SQL, and so do the latest ones, over 20,000 rows") {
  auto& [db, plain] = tests::filled_runs();
  std::vector<PromptId> ids;
  std::vector<app::prompt_text> wanted;
  plain.rows("create temp table asked (id, content, project, primary key (content, project))");
  for (int i = 0; i < 150; ++i) {
    auto const id = plain.value("select printf('10000000-0000-4000-8000-%012d', " + std::to_string(i) + ")");
    ids.push_back(PromptId{*forge_db::parse_uuid(id)});
    wanted.push_back({ids.back(), "Prompt " + std::to_string(i), "Proj " + std::to_string(i % 17)});
    plain.rows("insert or replace into asked values (?, ?, ?)", {id, wanted.back().content, wanted.back().project});
  }
  plain.rows(
      "create temp table forged as select o.id as run, o.created_at, o.status, o.prompt_id as owner, 0 as loose from "
      "optimizations o where o.prompt_id < '10000000-0000-4000-8000-000000000150' union all select o.id, o.created_at, "
      "o.status, a.id, 1 from asked a join optimizations o on o.prompt_id is null and o.raw_prompt = a.content and "
      "o.project = a.project");
  auto const [counts, latest] = db->read([&](auto& s) {
    app::optimizations const runs{s};
    return std::pair(runs.get_forge_counts(ids, wanted), runs.get_latest_forge_metadata(ids, wanted));
  });
  std::vector<std::string> numbers, newest;
  for (auto const& [id, n] : counts) numbers.push_back(forge_db::uuid_text(id.value()) + '|' + std::to_string(n));
  for (auto const& [id, row] : latest) {
    newest.push_back(forge_db::uuid_text(id.value()) + '|' + forge_db::uuid_text(row.id.value()));
  }
  CHECK(plain.value("select count(*) > 0 from forged where loose") == "1");
  CHECK(numbers == plain.rows("select owner, count(*) from forged group by owner order by owner"));
  CHECK(newest ==
        plain.rows("select owner, run from (select owner, run, row_number() over (partition by owner order by "
                   "loose, created_at desc, run desc) as place from forged where status = 'completed') where "
                   "place = 1 order by owner"));
}
