// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <optimizations.hpp>
#include <promptforge/repositories.hpp>
#include <string>
#include <vector>

using namespace promptforge;
using forge_db::timestamp;
using forge_db::uuid_v4;

namespace {

/// Runs `work` with a write session and the operations on it.
template <class Work>
void with_runs(Work work) {
  tests::system_database db;
  db->write([&](forge_db::sqlite::write_session& s) { work(s, app::optimizations{s}); });
}

}  // namespace

TEST_CASE("OptimizationRepository.get_by_id: the project is the prompt's, or the one that has the row's name") {
  with_runs([](auto& s, auto const& runs) {
    ProjectRepository const projects{s};
    auto const alpha = projects.insert({.name = "Alpha"});
    auto const beta = projects.insert({.name = "Beta", .status = project_status::archived});
    auto const prompt = PromptRepository{s}.insert({.content = "Write", .project_id = beta.id});
    auto const linked = runs.create({.raw_prompt = "Write", .project = "Alpha", .prompt_id = prompt.id});
    auto const named = runs.create({.raw_prompt = "Write", .project = "Alpha"});
    auto const stray = runs.create({.raw_prompt = "Write", .project = "alpha"});

    CHECK(runs.get_by_id(linked.id)->project_id == beta.id);
    CHECK(runs.get_by_id(linked.id)->project_status == project_status::archived);
    CHECK(runs.get_by_id(named.id)->project_id == alpha.id);
    CHECK(runs.get_by_id(named.id)->project_status == project_status::active);
    CHECK_FALSE(runs.get_by_id(stray.id)->project_id);
    CHECK_FALSE(runs.get_by_id(OptimizationId{uuid_v4()}));

    // A prompt without a project is on the desktop, whatever the row's name says.
    PromptRepository{s}.update(prompt.id, {.project_id = forge_db::null});
    CHECK_FALSE(runs.get_by_id(linked.id)->project_id);
  });
}

TEST_CASE("OptimizationRepository.get_by_id: of folders with one name the living, outermost, oldest one counts") {
  with_runs([](auto& s, auto const& runs) {
    ProjectRepository const projects{s};
    auto const day = [](int n) { return timestamp::from_unix_us(86'400'000'000 * n); };
    auto const root = projects.insert({.name = "Root", .created_at = day(1), .updated_at = day(1)});
    auto const other = projects.insert({.name = "Other", .created_at = day(1), .updated_at = day(1)});
    auto const young =
        projects.insert({.name = "Twin", .parent_id = root.id, .depth = 1, .created_at = day(9), .updated_at = day(9)});
    auto const old = projects.insert(
        {.name = "Twin", .parent_id = other.id, .depth = 1, .created_at = day(5), .updated_at = day(5)});
    auto const run = runs.create({.raw_prompt = "Write", .project = "Twin"});
    CHECK(runs.get_by_id(run.id)->project_id == old.id);
    auto const outer = projects.insert({.name = "Twin", .created_at = day(20), .updated_at = day(20)});
    CHECK(runs.get_by_id(run.id)->project_id == outer.id);
    projects.update(outer.id, {.status = project_status::deleted});
    CHECK(runs.get_by_id(run.id)->project_id == old.id);
    projects.update(old.id, {.status = project_status::deleted});
    CHECK(runs.get_by_id(run.id)->project_id == young.id);
    CHECK(runs.list({.project_id = young.id}).total == 1);
    CHECK(runs.list({.project_id = old.id}).total == 0);
  });
}

TEST_CASE("OptimizationRepository.get_by_id: works in a session that only reads") {
  tests::system_database db;
  auto const id = db->write([](auto& s) { return app::optimizations{s}.create({.raw_prompt = ""}).id; });
  CHECK(db->read([&](auto& s) { return app::optimizations{s}.get_by_id(id); })->raw_prompt.empty());
}

TEST_CASE("OptimizationRepository.create: fills in key, time and status, and keeps what is given") {
  with_runs([](auto&, auto const& runs) {
    auto const before = timestamp::now();
    auto const row = runs.create({.raw_prompt = "Write", .overall_score = 0.7, .tags = std::vector<std::string>{"a"}});
    CHECK(row.created_at >= before);
    CHECK(row.status == optimization_status::pending);
    CHECK(row.overall_score == 0.7);
    CHECK(runs.get_by_id(row.id)->tags == std::vector<std::string>{"a"});
    CHECK_THROWS_AS(runs.create({.raw_prompt = "x", .prompt_id = PromptId{uuid_v4()}}), forge_db::constraint_violation);
  });
}

TEST_CASE("OptimizationRepository.delete_by_id: removes the row, and versions that came from it stay") {
  with_runs([](auto& s, auto const& runs) {
    auto const prompt = PromptRepository{s}.insert({.content = "New"});
    auto const run = runs.create({.raw_prompt = "Write", .prompt_id = prompt.id});
    auto const version = PromptVersionRepository{s}.insert(
        {.prompt_id = prompt.id, .version = 1, .content = "Old", .optimization_id = run.id});
    CHECK(runs.delete_by_id(run.id));
    CHECK_FALSE(runs.delete_by_id(run.id));
    CHECK_FALSE(PromptVersionRepository{s}.get(version.id).optimization_id);
  });
}

TEST_CASE(
    "OptimizationRepository.delete_by_ids: tells in the order asked what was there and what not, with repetitions") {
  with_runs([](auto& s, auto const& runs) {
    auto const a = runs.create({.raw_prompt = "a"}).id;
    auto const b = runs.create({.raw_prompt = "b"}).id;
    auto const kept = runs.create({.raw_prompt = "c"}).id;
    OptimizationId const unknown{uuid_v4()};
    using ids = std::vector<OptimizationId>;
    auto const removed = runs.delete_by_ids(ids{b, unknown, a, b, unknown});
    CHECK(removed.deleted == ids{b, a, b});
    CHECK(removed.not_found == ids{unknown, unknown});
    CHECK(OptimizationRepository{s}.count() == 1);
    CHECK(runs.get_by_id(kept));
    CHECK(runs.delete_by_ids(ids{}).deleted.empty());
  });
}

TEST_CASE("OptimizationRepository.title_exists: compares A to Z in any case, within a project, but for one row") {
  with_runs([](auto&, auto const& runs) {
    auto const row = runs.create({.raw_prompt = "x", .project = "Alpha", .title = "My \xc3\x84 Title"});
    CHECK(runs.title_exists("my \xc3\x84 tITLE"));
    CHECK_FALSE(runs.title_exists("my \xc3\xa4 title"));
    CHECK_FALSE(runs.title_exists("My"));
    CHECK(runs.title_exists("My \xc3\x84 Title", "Alpha"));
    CHECK_FALSE(runs.title_exists("My \xc3\x84 Title", "alpha"));
    CHECK_FALSE(runs.title_exists("My \xc3\x84 Title", {}, row.id));
    CHECK(runs.title_exists("My \xc3\x84 Title", "Alpha", OptimizationId{uuid_v4()}));
  });
}
