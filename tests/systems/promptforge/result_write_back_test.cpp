// SPDX-License-Identifier: MIT
#include "result_write_back.hpp"
#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <promptforge/repositories.hpp>
#include <string>
#include <vector>

using namespace promptforge;
using namespace std::chrono_literals;
using texts = std::vector<std::string>;

TEST_CASE("update_optimization_status: a result replaces all result columns, and leaves the others") {
  tests::system_database db;
  db->write([](auto& s) {
    OptimizationRepository const runs{s};
    auto const id = runs.insert({.raw_prompt = "x",
                                 .weaknesses = texts{"old"},
                                 .clarity_score = 0.1,
                                 .verdict = "old",
                                 .status = optimization_status::cancelled,
                                 .error_message = "old",
                                 .project = "Alpha",
                                 .tags = texts{"kept"}})
                        .id;
    CHECK(app::update_optimization_status(s, id,
                                          {.optimized_prompt = "y",
                                           .strengths = texts{"clear", "\xc3\xa4"},
                                           .overall_score = 0.9,
                                           .input_tokens = 12,
                                           .secondary_frameworks = texts{}},
                                          1500ms, "model-1"));
    auto const row = runs.get(id);
    CHECK(row.status == optimization_status::completed);
    CHECK(row.optimized_prompt == "y");
    CHECK(row.strengths == texts{"clear", "\xc3\xa4"});
    CHECK(row.overall_score == 0.9);
    CHECK(row.input_tokens == 12);
    CHECK(row.duration_ms == 1500);
    CHECK(row.model_used == "model-1");
    CHECK(row.secondary_frameworks == texts{});
    CHECK_FALSE(row.weaknesses);
    CHECK_FALSE(row.clarity_score);
    CHECK_FALSE(row.verdict);
    CHECK_FALSE(row.error_message);
    CHECK(row.raw_prompt == "x");
    CHECK(row.project == "Alpha");
    CHECK(row.tags == texts{"kept"});
    app::update_optimization_status(s, id, {.model_used = "model-2"}, 1ms, "model-1");
    CHECK(runs.get(id).model_used == "model-2");
  });
}

TEST_CASE("update_optimization_status: an error sets status and message, and a missing row is ignored") {
  tests::system_database db;
  db->write([](auto& s) {
    OptimizationRepository const runs{s};
    auto const id = runs.insert({.raw_prompt = "x", .verdict = "kept"}).id;
    CHECK(app::update_optimization_status(s, id, "timeout"));
    CHECK(runs.get(id).status == optimization_status::error);
    CHECK(runs.get(id).error_message == "timeout");
    CHECK(runs.get(id).verdict == "kept");
    OptimizationId const unknown{forge_db::uuid_v4()};
    CHECK_FALSE(app::update_optimization_status(s, unknown, "timeout"));
    CHECK_FALSE(app::update_optimization_status(s, unknown, app::optimization_result{}, 1ms));
  });
}

TEST_CASE("update_optimization_status: in a transaction of its own, a database error is told and goes no further") {
  tests::system_database db;
  auto const id = db->write([](auto& s) { return OptimizationRepository{s}.insert({.raw_prompt = "x"}).id; });
  std::vector<std::string> told;
  auto const log = [&](std::string_view problem) { told.emplace_back(problem); };
  CHECK(app::update_optimization_status(*db, id, "timeout", log));
  CHECK(app::update_optimization_status(*db, id, {.verdict = "good"}, 1ms, {}, log));
  CHECK(told.empty());
  CHECK(db->read([&](auto& s) { return OptimizationRepository{s}.get(id).verdict; }) == "good");
  forge_db::sqlite::connection::open(db.file()).execute_script(
      "drop view optimization_details; drop table optimizations");
  CHECK_FALSE(app::update_optimization_status(*db, id, "timeout", log));
  CHECK_FALSE(app::update_optimization_status(*db, id, app::optimization_result{}, 1ms, {}, {}));
  CHECK(told.size() == 1);
}
