// SPDX-License-Identifier: MIT
#include "optimization_statistics.hpp"
#include "support/catch.hpp"
#include "systems/promptforge/filled_runs.hpp"
#include "systems/promptforge/row_text.hpp"

#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace promptforge;
using tests::row_text;

namespace {

using lines = std::vector<std::string>;

/// Equal, but for the last of four decimals of numbers: sums in another order differ in their last bits.
bool alike(std::string const& left, std::string const& right) {
  std::istringstream a(left), b(right);
  std::string x, y;
  while (std::getline(a, x, '|')) {
    if (!std::getline(b, y, '|')) return false;
    char *x_end = nullptr, *y_end = nullptr;
    bool const near = std::abs(std::strtod(x.c_str(), &x_end) - std::strtod(y.c_str(), &y_end)) < 0.00011;
    if (x != y && (x.empty() || y.empty() || *x_end != 0 || *y_end != 0 || !near)) return false;
  }
  return !std::getline(b, y, '|');
}
void check_alike(char const* name, lines const& answered, lines const& wanted) {
  INFO(name);
  CHECK_FALSE(wanted.empty());
  CHECK(answered.size() == wanted.size());
  for (std::size_t i = 0; i < answered.size() && i < wanted.size(); ++i) {
    INFO(answered[i] << " should be " << wanted[i]);
    CHECK(alike(answered[i], wanted[i]));
  }
}

template <class Value, class Each>
lines lines_of(app::by_name<Value> const& map, Each const& each) {
  lines all;
  for (auto const& [name, value] : map) all.push_back(each(name, value));
  return all;
}
/// A line for each pair of names.
template <class Value>
lines lines_of(app::by_name<app::by_name<Value>> const& map) {
  lines all;
  for (auto const& [first, inner] : map) {
    for (auto const& [second, value] : inner) all.push_back(row_text(first, second, value.count, value.avg_score));
  }
  return all;
}

constexpr auto noon = forge_db::timestamp::from_unix_us(1'710'763'200'000'000);  // 2024-03-18, UTC

/// The completed runs of the project as `run`, all of them as `any_run`; names of old by a table of their own.
void prepare(tests::plain_sql& plain, std::optional<std::string> const& project) {
  plain.rows("drop table if exists temp.any_run");
  plain.rows("drop view if exists temp.run");
  plain.rows(
      "create temp table any_run as with old(name, present) as (values ('few-shot', 'few-shot-scaffolding'), "
      "('role-based', 'persona-assignment'), ('constraint-focused', 'constraint-injection'), "
      "('structured-enhancement', "
      "'role-task-format')), named as (select *, case when strategy <> '' then strategy when framework_applied <> '' "
      "then framework_applied end as written from optimizations where ?1 is null or project = ?1) select named.*, "
      "coalesce(old.present, written) as used from named left join old on old.name = written",
      {project});
  plain.rows("create temp view run as select * from any_run where status = 'completed'");
}

}  // namespace

TEST_CASE("OptimizationRepository.get_stats: agrees with plain SQL over 20,000 rows, group by group") {
  auto& [db, plain] = tests::filled_runs();
  for (std::optional<std::string> const& project :
       {std::optional<std::string>{}, std::optional<std::string>("Proj 4")}) {
    INFO(project.value_or("all"));
    prepare(plain, project);
    auto const found = db->read([&](auto& s) { return app::get_stats(s, project, noon); });
    check_alike(
        "base",
        {row_text(found.total_optimizations, found.average_overall_score, found.average_clarity_score,
                  found.average_specificity_score, found.average_structure_score, found.average_faithfulness_score,
                  found.average_conciseness_score, found.average_framework_adherence_score, found.improvement_rate,
                  found.optimizations_today, found.most_common_task_type)},
        plain.rows("select count(*), avg(overall_score), avg(clarity_score), avg(specificity_score), "
                   "avg(structure_score), avg(faithfulness_score), avg(conciseness_score), "
                   "avg(framework_adherence_score), sum(is_improvement = 1) * 1.0 / count(is_improvement), "
                   "sum(created_at >= '2024-03-18'), (select "
                   "task_type from run where task_type is not null group by 1 order by count(*) desc, 1) from run"));
    check_alike("projects", {row_text(found.total_projects)},
                plain.rows("select case when ? is null then (select count(*) from projects where status = 'active') "
                           "else 1 end",
                           {project}));
    check_alike(
        "trends",
        {row_text(found.trend_7d.count, found.trend_7d.avg_score),
         row_text(found.trend_30d.count, found.trend_30d.avg_score)},
        plain.rows("select count(*), avg(overall_score) from run where created_at >= '2024-03-11 12:00:00.000000' "
                   "union all select count(*), avg(overall_score) from run where created_at >= "
                   "'2024-02-17 12:00:00.000000'"));
    check_alike("spread",
                lines_of(found.score_variance,
                         [](auto const& name, auto const& of) {
                           return row_text(name, of.min, of.max, of.avg, of.stddev, of.count);
                         }),
                plain.rows("with mean as (select used, avg(overall_score) as m from run group by 1) select run.used, "
                           "min(overall_score), max(overall_score), m, sqrt(avg((overall_score - m) * (overall_score - "
                           "m))), count(*) from run join mean on mean.used = run.used where overall_score is not null "
                           "group by 1 order by 1"));
    check_alike(
        "scores", lines_of(found.score_by_strategy, [](auto const& name, double mean) { return row_text(name, mean); }),
        plain.rows("select used, avg(overall_score) from run where used is not null and overall_score is not null "
                   "group by 1 order by 1"));
    check_alike(
        "runs",
        lines_of(found.strategy_distribution, [](auto const& name, std::int64_t n) { return row_text(name, n); }),
        plain.rows("select used, count(*) from run where used is not null group by 1 order by 1"));
    check_alike(
        "confidence",
        lines_of(found.confidence_by_strategy, [](auto const& name, double mean) { return row_text(name, mean); }),
        plain.rows("select used, avg(strategy_confidence) as m from run where used is not null group by 1 "
                   "having m is not null order by 1"));
    check_alike(
        "improvement",
        lines_of(found.improvement_by_strategy,
                 [](auto const& name, auto const& of) { return row_text(name, of.improved, of.validated, of.rate); }),
        plain.rows("select used, sum(coalesce(is_improvement, 0)), count(is_improvement), avg(is_improvement) from "
                   "run where used is not null group by 1 order by 1"));
    // Halves to even, written otherwise than the application does it.
    std::string const whole =
        "(select case when f - cast(f as integer) = 0.5 then cast(f as integer) + cast(f as integer) "
        "% 2 else cast(round(f) as integer) end from (select ";
    check_alike(
        "tokens",
        lines_of(found.token_economics,
                 [](auto const& name, auto const& of) {
                   return row_text(name, of.avg_input_tokens, of.avg_output_tokens, of.avg_duration_ms);
                 }),
        plain.rows("select used, " + whole + "i as f)), " + whole + "o as f)), " + whole +
                   "d as f)) from (select used, avg(input_tokens) as i, avg(output_tokens) as o, avg(duration_ms) "
                   "as d from run where used is not null group by 1) order by 1"));
    lines tasks;
    for (auto const& [strategy, counts] : found.task_types_by_strategy) {
      for (auto const& [task, count] : counts) tasks.push_back(row_text(strategy, task, count));
    }
    check_alike("tasks", tasks,
                plain.rows("select used, task_type, count(*) from run where used is not null and task_type is not "
                           "null group by 1, 2 order by 1, 2"));
    check_alike("matrix", lines_of(found.score_matrix),
                plain.rows("select used, task_type, count(*), avg(overall_score) from run where used is not null and "
                           "task_type is not null group by 1, 2 order by 1, 2"));
    check_alike("complexity", lines_of(found.complexity_performance),
                plain.rows("select used, complexity, count(*), avg(overall_score) from run where used is not null and "
                           "complexity is not null group by 1, 2 order by 1, 2"));
    check_alike(
        "wins",
        lines_of(found.win_rates,
                 [](auto const& task, auto const& of) { return row_text(task, of.strategy, of.avg_score, of.count); }),
        plain.rows("select task_type, used, m, n from (select *, row_number() over (partition by task_type order by "
                   "round(m, 4) desc, n desc, used desc) as place from (select task_type, used, "
                   "avg(overall_score) as m, count(*) as n from run where used is not null and task_type is not "
                   "null group by 1, 2 having m is not null)) where place = 1 order by 1"));
    check_alike("errors",
                lines_of(found.error_rates,
                         [](auto const& name, auto const& of) { return row_text(name, of.total, of.errors, of.rate); }),
                plain.rows("select used, count(*), sum(status = 'error'), sum(status = 'error') * 1.0 / count(*) from "
                           "any_run where used is not null group by 1 order by 1"));
    // Each list is read as the data was made: the only well-formed ones are these two forms.
    std::string const listed =
        "(select used, overall_score, 'constraint-injection' as item from run where secondary_frameworks like "
        "'[\"constraint-focused\"%' union all select used, overall_score, substr(secondary_frameworks, -4, 2) from run "
        "where secondary_frameworks like '[\"constraint-focused\"%' union all select used, overall_score, "
        "'few-shot-scaffolding' from run where secondary_frameworks = '[3, \"few-shot\"]')";
    check_alike("secondary",
                lines_of(found.secondary_strategy_distribution,
                         [](auto const& name, std::int64_t n) { return row_text(name, n); }),
                plain.rows("select item, count(*) from " + listed + " group by 1 order by 1"));
    check_alike("combinations", lines_of(found.combo_effectiveness),
                plain.rows("select used, item, count(*), avg(overall_score) from " + listed +
                           " where used is not null group by 1, 2 order by 1, 2"));
    lines tags;
    for (auto const& [strategy, best] : found.tags_by_strategy) {
      for (auto const& tag : best) tags.push_back(row_text(strategy, tag));
    }
    check_alike(
        "tags", tags,
        plain.rows("select used, item from (select used, item, row_number() over (partition by used order by "
                   "count(*) desc, item) as place from (select used, substr(tags, 3, instr(tags, '\",') - 3) as "
                   "item from run where tags like '[\"t%' union all select used, 'N\xc3\xa4h needle ' || "
                   "substr(tags, -3, 1) from run where tags like '[\"t%') where used is not null group by 1, 2) "
                   "where place <= 4 order by used, place"));
  }
}
