// SPDX-License-Identifier: MIT
// Every kind of filter, against conditions written in C++, and the indexes that serve them.
#include "runtime/pages/random_shapes.hpp"
#include "support/catch.hpp"
#include "support/full_counts.hpp"

#include <forge_db/query/query.hpp>

#include <algorithm>

using namespace forge_db;
using namespace workshop;

namespace {

/// A-Z as a-z, and nothing else.
std::string folded(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}
bool contains(std::string const& text, std::string const& part) {
  return folded(text).find(folded(part)) != std::string::npos;
}

template <class T>
bool within(range<T> const& ends, std::optional<T> const& value) {
  if (ends.from && (!value || *value < *ends.from || (ends.excludes_from && *value == *ends.from))) return false;
  return !ends.to || (value && *value <= *ends.to && !(ends.excludes_to && *value == *ends.to));
}

template <class T>
bool is_one_of(std::vector<T> const& values, T const& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool matches(RunFilter const& filter, Run const& run) {
  auto const& tags = run.tags;
  return (!filter.name || run.name == *filter.name) && (!filter.name_not || run.name != *filter.name_not) &&
         (!filter.name_in || is_one_of(*filter.name_in, run.name)) &&
         (!filter.name_not_in || !is_one_of(*filter.name_not_in, run.name)) &&
         (!filter.name_contains || contains(run.name, *filter.name_contains)) &&
         (!filter.name_starts_with || run.name.starts_with(*filter.name_starts_with)) &&
         (!filter.project || run.project == *filter.project) &&
         (!filter.project_is_null || run.project.has_value() != *filter.project_is_null) &&
         (!filter.state || run.state == *filter.state) &&
         (!filter.state_in || is_one_of(*filter.state_in, run.state)) &&
         (!filter.state_not_in || !is_one_of(*filter.state_not_in, run.state)) && within(filter.score, run.score) &&
         (!filter.score_is_null || run.score.has_value() != *filter.score_is_null) &&
         within(filter.tokens, std::optional(run.tokens)) && within(filter.started_at, std::optional(run.started_at)) &&
         (!filter.tags || is_one_of(tags, *filter.tags)) && (!filter.code || run.code.starts_with(*filter.code)) &&
         (!filter.search || contains(run.name, *filter.search) ||
          (run.project && contains(*run.project, *filter.search)));
}

template <class Session>
std::string plan_of(Session& session, RunFilter const& filter) {
  using statement = forge_db::detail::count_statement<Run>;
  auto rows = session.connection().prepare_once("explain query plan " +
                                                statement::join(dialect::sqlite, statement{{}, filter}.mask()));
  std::string plan;
  while (rows.step()) plan += std::string(rows.text(3)) + "\n";
  return plan;
}

}  // namespace

TEST_CASE("filters leave the rows that they say, in any combination") {
  auto db = tests::workshop_database(150);
  db.read([](auto& session) {
    RunRepository const runs{session};
    auto const all = session.all(select<Run>().order_by(runs::id.asc()));
    tests::random_shapes random(3);
    int const rounds = tests::is_full() ? 10'000 : 600;
    std::size_t found = 0;
    for (int round = 0; round < rounds; ++round) {
      RunFilter const filter = random.filter();
      tests::id_list expected;
      for (Run const& run : all) {
        if (matches(filter, run)) expected.push_back(run.id.value());
      }
      CHECK(tests::ids_of(runs.list(filter, RunSort::id, direction::ascending, {.per_page = 500}).rows) == expected);
      found += expected.size();
    }
    CHECK(found > 1000);  // not only empty lists
  });
}

TEST_CASE("NULL is in no list and in none of not_in, but in that of nothing") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    runs.insert({.name = "a", .started_at = tests::moment_of(0)});
    runs.insert({.name = "b", .project = "p", .started_at = tests::moment_of(1)});
    CHECK(runs.count({.project = "p"}) == 1);
    CHECK(runs.count({.name_not_in = std::vector<std::string>{"a"}}) == 1);
    CHECK(runs.count({.name_not_in = std::vector<std::string>{}}) == 2);
    CHECK(runs.count({.name_in = std::vector<std::string>{}}) == 0);
    CHECK(runs.count({.score = {.to = 100.0}}) == 0);
    CHECK(runs.count({.started_at = {.from = tests::moment_of(0), .to = tests::moment_of(1)}}) == 2);
    CHECK(runs.count({.started_at = {.from = tests::moment_of(0), .to = tests::moment_of(1), .excludes_to = true}}) ==
          1);
    CHECK(runs.count({.started_at = {.from = tests::moment_of(1), .excludes_from = true}}) == 0);
  });
}

TEST_CASE("starts_with is byte for byte, also where the column's collation is not") {
  auto db = tests::workshop_database(0);
  db.write([](auto& session) {
    RunRepository runs{session};
    for (char const* code : {"ab", "AB", "Abc", "b", "", "\xF4\x8F\xBF\xBF"}) {
      runs.insert({.name = code, .code = code, .started_at = tests::moment_of(0)});
    }
    CHECK(runs.count({.code = "Ab"}) == 1);
    CHECK(runs.count({.code = "a"}) == 1);
    CHECK(runs.count({.code = ""}) == 6);
    CHECK(runs.count({.code = "\xF4\x8F\xBF\xBF"}) == 1);
    CHECK(session.value(select(count()).from<Run>().where(runs::code.starts_with("Ab"))) == 1);
    CHECK(runs.count({.name_starts_with = "A"}) == 2);
  });
}

TEST_CASE("filters that an index can serve are searched by it, alone and together") {
  auto db = tests::workshop_database(0);
  db.read([](auto& session) {
    auto const by = [&](RunFilter const& filter) { return plan_of(session, filter); };
    auto const holds = [](char const* text) { return Catch::Matchers::ContainsSubstring(text); };
    CHECK_THAT(by({.name = "a"}), holds("USING COVERING INDEX ix_runs_name (name=?)"));
    CHECK_THAT(by({.name_in = std::vector<std::string>{"a"}}), holds("ix_runs_name (name=?)"));
    CHECK_THAT(by({.name_starts_with = "a"}), holds("ix_runs_name (name>? AND name<?)"));
    CHECK_THAT(by({.project_is_null = true}), holds("ix_runs_project_name (project=?)"));
    CHECK_THAT(by({.score = {.from = 1.0, .to = 2.0}}), holds("ix_runs_score (score>? AND score<?)"));
    CHECK_THAT(by({.score = {.from = 1.0, .excludes_from = true}}), holds("ix_runs_score (score>?)"));
    CHECK_THAT(by({.score_is_null = true}), holds("ix_runs_score (score=?)"));
    CHECK_THAT(by({.state = run_state::done, .score = {.to = 1.0, .excludes_to = true}}),
               holds("ix_runs_state_score (state=? AND score<?)"));
    CHECK_THAT(by({.started_at = {.from = tests::moment_of(0), .to = tests::moment_of(1), .excludes_to = true}}),
               holds("ix_runs_started_at (started_at>? AND started_at<?)"));
    CHECK_THAT(by({.name_not_in = std::vector<std::string>{"b"}, .project = "a", .tags = "x", .search = "y"}),
               holds("ix_runs_project_name (project=?)"));
  });
}

TEST_CASE("the texts of every kind of filter on PostgreSQL") {
  auto const text = [](RunFilter const& filter) {
    using statement = forge_db::detail::count_statement<Run>;
    std::string const all = statement::join(dialect::postgres, statement{{}, filter}.mask());
    return all.substr(all.find(" where ") + 7);
  };
  CHECK(text({.name = "a", .name_not = "b", .project_is_null = true}) ==
        R"("name" = $1 and "name" <> $2 and "project" is null)");
  CHECK(text({.name_in = std::vector<std::string>{"a"}, .state_not_in = std::vector{run_state::done}}) ==
        R"("name" = any($1) and "state" <> all($2))");
  CHECK(text({.name_contains = "a"}) ==
        R"(position(lower($1::text collate "C") in lower("name"::text collate "C")) > 0)");
  CHECK(text({.name_starts_with = "a"}) == R"("name" collate "C" >= $1 and "name" collate "C" < $2)");
  CHECK(text({.score = {.from = 1.0, .to = 2.0, .excludes_from = true}, .score_is_null = false}) ==
        R"("score" > $1 and "score" <= $2 and "score" is not null)");
  CHECK(text({.tags = "a"}) == R"("tags"::jsonb @> jsonb_build_array($1::text))");
  CHECK(text({.search = "a"}) == R"((position(lower($1::text collate "C") in lower("name"::text collate "C")) > 0 or )"
                                 R"(position(lower($2::text collate "C") in lower("project"::text collate "C")) > 0))");
}
