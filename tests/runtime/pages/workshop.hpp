// SPDX-License-Identifier: MIT
#pragma once

#include <workshop/good_runs_repository.hpp>
#include <workshop/marks_repository.hpp>
#include <workshop/runs_repository.hpp>

#include <forge_db/session/session.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

// A workshop's log (tests/codegen/cases/pages_and_analytics) with ties, NULLs and letters of several alphabets.
namespace tests {

using id_list = std::vector<std::int64_t>;

inline forge_db::timestamp moment_of(int minutes) {
  return forge_db::timestamp::from_unix_us(1'700'000'000'000'000 + std::int64_t{minutes} * 60'000'000);
}

inline std::vector<workshop::NewRun> some_runs(int count, unsigned seed = 1) {
  std::mt19937 random(seed);
  auto const below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
  std::vector<std::string> const words{"",    "a",    "A", "ab",  "Ä",   "é",
                                       "zoë", "日本", "Ω", "a%b", "a_b", "\xF0\x9F\x8C\x8D"};
  auto const word = [&] { return words[static_cast<std::size_t>(below(static_cast<unsigned>(words.size())))]; };
  std::vector<workshop::NewRun> runs;
  for (int i = 0; i < count; ++i) {
    workshop::NewRun run{.name = word(), .started_at = moment_of(below(40))};
    if (below(3) != 0) run.project = word();
    if (below(3) != 0) run.score = below(8) / 2.0;
    run.state = static_cast<workshop::run_state>(below(3));
    run.tokens = below(6) - 2;
    run.cost = forge_db::decimal<10, 2>::from_scaled(below(500));
    if (below(4) != 0) run.good = below(2) == 0;
    if (below(2) != 0) run.due_on = forge_db::date::from_unix_days(19'000 + below(5));
    run.code = word();
    run.tags = std::vector<std::string>{word(), "t" + std::to_string(below(3))};
    runs.push_back(run);
  }
  return runs;
}

/// In memory, with so many of some_runs(); as the migrations make it, which are slow to compile.
inline forge_db::sqlite::database workshop_database(int runs = 0, unsigned seed = 1) {
  auto db = forge_db::sqlite::open(":memory:");
  db.write([&](auto& session) {
    session.connection().execute_script(R"(
create table runs (id integer primary key, name text not null, project text, state text not null default 'queued',
  score real, tokens integer not null default 0, cost integer not null default 0, good boolean,
  tags text not null default '[]', code text not null collate nocase default '', started_at text not null, due_on text);
create index ix_runs_name on runs (name);
create index ix_runs_score on runs (score);
create index ix_runs_state_score on runs (state, score desc);
create index ix_runs_project_name on runs (project, name);
create index ix_runs_started_at on runs (started_at);
create table marks (run_id integer not null references runs (id) on delete cascade, label text not null, rank integer,
  primary key (run_id, label)) without rowid;
create table memos (id integer primary key, team text not null, body text not null, weight integer not null default 0,
  deleted_at text);
create table moments (id integer primary key, in_text text, in_text_s text, in_iso text, in_us integer, in_ms integer,
  in_s integer, in_real real, in_julian real, day_text text, day_number integer, day_seconds integer);
create view good_runs as select id, name, score from runs where good;
)");
    workshop::RunRepository{session}.insert_many(some_runs(runs, seed));
  });
  return db;
}

template <class Session>
id_list ids_of(Session& session, std::string const& sql) {
  auto rows = session.connection().prepare_once(sql);
  id_list ids;
  while (rows.step()) ids.push_back(rows.int64(0));
  return ids;
}

template <class Rows>
id_list ids_of(Rows const& rows) {
  id_list ids;
  for (auto const& row : rows) ids.push_back(row.id.value());
  return ids;
}

}  // namespace tests
