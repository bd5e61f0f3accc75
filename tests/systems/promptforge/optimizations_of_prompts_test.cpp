// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <map>
#include <optimizations.hpp>
#include <promptforge/repositories.hpp>
#include <set>
#include <string>
#include <vector>

using namespace promptforge;
using forge_db::timestamp;

namespace {

/// Two prompts, with runs of their own and runs that only their text and project connect with them.
struct prompt_runs {
  explicit prompt_runs(forge_db::sqlite::write_session& session) : s(session), runs(session) {}

  OptimizationId add(int at, std::optional<PromptId> prompt, std::string raw, std::optional<std::string> project,
                     optimization_status status = optimization_status::completed) const {
    NewOptimization row{.created_at = timestamp::from_unix_us(at), .raw_prompt = raw, .status = status};
    if (project) row.project = *project;
    if (prompt) row.prompt_id = *prompt;
    return runs.create(row).id;
  }

  forge_db::sqlite::write_session& s;
  app::optimizations<forge_db::sqlite::write_session> runs;
  PromptId one = PromptRepository{s}.insert({.content = "One"}).id;
  PromptId two = PromptRepository{s}.insert({.content = "Two"}).id;
};

template <class Work>
void with_prompts(Work work) {
  tests::system_database db;
  db->write([&](forge_db::sqlite::write_session& s) { work(prompt_runs(s)); });
}

std::vector<OptimizationId> ids(std::vector<Optimization> const& rows) {
  std::vector<OptimizationId> all;
  for (auto const& row : rows) all.push_back(row.id);
  return all;
}

}  // namespace

TEST_CASE(
    "OptimizationRepository.get_by_prompt_id: the newest first, those without a prompt only by text and project") {
  with_prompts([](prompt_runs const& all) {
    auto const first = all.add(1, all.one, "One", "Alpha");
    auto const loose = all.add(2, {}, "One", "Alpha");
    auto const last = all.add(3, all.one, "changed", {});
    all.add(4, {}, "One", "Beta");
    all.add(5, {}, "one", "Alpha");
    all.add(6, all.two, "One", "Alpha");
    using id_list = std::vector<OptimizationId>;
    CHECK(ids(all.runs.get_by_prompt_id(all.one).rows) == id_list{last, first});
    auto const both = all.runs.get_by_prompt_id(all.one, 20, 0, "One", "Alpha");
    CHECK(ids(both.rows) == id_list{last, loose, first});
    CHECK(both.total == 3);
    CHECK(all.runs.get_by_prompt_id(all.one, 20, 0, "One").total == 2);
    CHECK(all.runs.get_by_prompt_id(all.one, 20, 0, "", "Alpha").total == 2);
    auto const second = all.runs.get_by_prompt_id(all.one, 1, 1, "One", "Alpha");
    CHECK(ids(second.rows) == id_list{loose});
    CHECK(second.total == 3);
    for (auto const& [limit, offset] : {std::pair(0, 0), {-1, 0}, {10'001, 0}, {20, -1}})
      CHECK_THROWS_AS(all.runs.get_by_prompt_id(all.one, limit, offset), forge_db::invalid_value);
  });
}

TEST_CASE("OptimizationRepository.get_by_prompt_id: runs of one moment have an order, so that parts do not overlap") {
  with_prompts([](prompt_runs const& all) {
    for (int i = 0; i < 9; ++i) all.add(1, all.one, "One", {});
    std::set<OptimizationId> seen;
    for (int i = 0; i < 9; ++i) seen.insert(all.runs.get_by_prompt_id(all.one, 1, i).rows.at(0).id);
    CHECK(seen.size() == 9);
    CHECK(all.runs.get_by_prompt_id(all.one, 1, 0).rows.at(0).id == *seen.rbegin());
  });
}

TEST_CASE("OptimizationRepository.get_forge_counts: whatever the status, by key and by text and project") {
  with_prompts([](prompt_runs const& all) {
    all.add(1, all.one, "One", "Alpha");
    all.add(2, all.one, "else", {}, optimization_status::error);
    all.add(3, {}, "One", "Alpha", optimization_status::pending);
    all.add(4, {}, "Two", "Alpha");
    all.add(5, {}, "Two", {});
    std::vector<PromptId> const asked{all.one, all.two};
    using counts = std::map<PromptId, std::int64_t>;
    CHECK(all.runs.get_forge_counts(asked) == counts{{all.one, 2}});
    std::vector<app::prompt_text> const texts{{all.one, "One", "Alpha"}, {all.two, "Two", "Alpha"}};
    CHECK(all.runs.get_forge_counts(asked, texts) == counts{{all.one, 3}, {all.two, 1}});
    CHECK(all.runs.get_forge_counts({}, texts).empty());
    // Two prompts of one text and project: the later one has it.
    std::vector<app::prompt_text> const shared{{all.one, "Two", "Alpha"}, {all.two, "Two", "Alpha"}};
    CHECK(all.runs.get_forge_counts(asked, shared) == counts{{all.one, 2}, {all.two, 1}});
  });
}

TEST_CASE("OptimizationRepository.get_latest_forge_metadata: the newest completed one, of one moment the greatest id") {
  with_prompts([](prompt_runs const& all) {
    auto const a = all.add(5, all.one, "x", {});
    auto const b = all.add(5, all.one, "x", {});
    all.add(4, all.one, "x", {});
    all.add(9, all.one, "x", {}, optimization_status::error);
    all.add(8, {}, "One", "Alpha");
    all.add(1, {}, "Two", "Alpha");
    auto const loose = all.add(2, {}, "Two", "Alpha");
    all.add(3, {}, "Two", "Alpha", optimization_status::running);
    std::vector<PromptId> const asked{all.one, all.two};
    auto const linked = all.runs.get_latest_forge_metadata(asked);
    REQUIRE(linked.size() == 1);
    CHECK(linked.at(all.one).id == std::max(a, b));
    std::vector<app::prompt_text> const texts{{all.one, "One", "Alpha"}, {all.two, "Two", "Alpha"}};
    auto const both = all.runs.get_latest_forge_metadata(asked, texts);
    REQUIRE(both.size() == 2);
    CHECK(both.at(all.one).id == std::max(a, b));  // its own come first, however new the others are
    CHECK(both.at(all.two).id == loose);
    CHECK(all.runs.get_latest_forge_metadata({}, texts).empty());
  });
}
