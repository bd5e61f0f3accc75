// SPDX-License-Identifier: MIT
#include "optimizations.hpp"

#include "list_window.hpp"

#include <forge_db/query/derived.hpp>
#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/functions/text.hpp>
#include <forge_db/query/functions/window.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/query/row_value.hpp>
#include <forge_db/query/set_operation.hpp>
#include <forge_db/query/subquery.hpp>
#include <forge_db/query/when.hpp>

#include <promptforge/projects.hpp>
#include <promptforge/prompts.hpp>
#include <set>
#include <tuple>
#include <utility>

namespace promptforge::app {

namespace folder = promptforge::projects;
namespace prompt = promptforge::prompts;
namespace runs = promptforge::optimizations;
using namespace forge_db;
using namespace forge_db::literals;

namespace {

using text_pair = std::pair<std::string, std::string>;

template <class Condition>
auto newest(Condition const& condition) {
  return select<Optimization>().where(condition).order_by(runs::created_at.desc(), runs::id.desc());
}

/// The newest completed one of those that are alike in `columns`, for each of them.
template <class Session, class Condition, class... Columns>
std::vector<Optimization> newest_of_each(Session& session, Condition const& condition, Columns... columns) {
  auto const ranked = derived<"ranked">(
      select(runs::id, as<"place">(row_number().over(partition_by(columns...),
                                                     order_by(runs::created_at.desc(), runs::id.desc()))))
          .template from<Optimization>()
          .where(runs::status == optimization_status::completed && condition));
  return session.all(
      select<Optimization>().where(runs::id.in(select(ranked[runs::id]).from(ranked).where(ranked["place"_c] == 1))));
}

/// Whose the optimizations without a prompt are, by content and project.
std::map<text_pair, PromptId> owners_of(std::span<prompt_text const> texts) {
  std::map<text_pair, PromptId> owners;
  for (auto const& [id, content, project] : texts) owners.insert_or_assign({content, project}, id);
  return owners;
}

std::vector<text_pair> pairs_of(std::map<text_pair, PromptId> const& owners) {
  std::vector<text_pair> pairs;
  for (auto const& [pair, id] : owners) pairs.push_back(pair);
  return pairs;
}

auto without_prompt(std::vector<text_pair> const& pairs) {
  return runs::prompt_id.is_null() && row_value(runs::raw_prompt, runs::project).in(pairs);
}

direction way_of(paging const& asked) { return asked.order == "asc" ? direction::ascending : direction::descending; }

/// All that can belong to the project: the runs of its prompts, and those that have its name. Each are found by an
/// index; the project that the view works out for a row has none.
template <class Session>
std::vector<OptimizationId> runs_near(Session& session, ProjectId const& project) {
  auto const all = select(runs::id).from<Optimization>();
  auto const prompts = select(prompt::id).from<Prompt>().where(prompt::project_id == project);
  auto const name = select(folder::name).from<Project>().where(folder::id == project);
  // Not "and without a prompt": the planner would read all of those, which share one key of the index on prompt_id.
  auto const near = union_(all.where(runs::prompt_id.in(prompts)), all.where(runs::project == scalar(name)));
  std::vector<OptimizationId> found;
  for (auto const& [id] : session.all(near)) found.push_back(id);
  return found;
}

/// The filter of the view. That of a project stays in it, and decides.
template <class Session>
OptimizationDetailFilter filter_in(Session& session, list_filter const& filter) {
  auto narrowed = detail_filter(filter);
  if (filter.project_id) narrowed.id_in = runs_near(session, *filter.project_id);
  return narrowed;
}

patch<std::string> cleared_if_empty(patch<std::string> const& text) {
  return text.has_value() && text.value().empty() ? patch<std::string>(null) : text;
}

}  // namespace

template <class Session>
std::optional<OptimizationDetail> optimizations<Session>::get_by_id(OptimizationId const& id) const {
  return OptimizationDetailRepository{session_}.find(id);
}

template <class Session>
Optimization optimizations<Session>::create(NewOptimization const& row) const requires Session::can_write {
  return OptimizationRepository{session_}.insert(row);
}

template <class Session>
bool optimizations<Session>::delete_by_id(OptimizationId const& id) const requires Session::can_write {
  return OptimizationRepository{session_}.remove(id);
}

template <class Session>
listed<Optimization> optimizations<Session>::get_by_prompt_id(PromptId const& id, std::int64_t limit,
                                                              std::int64_t offset, std::string_view content,
                                                              std::string_view project) const {
  check_window(limit, offset);
  auto const part = [&](auto const& condition) -> listed<Optimization> {
    return {session_.all(newest(condition).limit(limit).offset(offset)),
            session_.value(select(count()).from<Optimization>().where(condition))};
  };
  if (content.empty() || project.empty()) return part(runs::prompt_id == id);
  return part(runs::prompt_id == id ||
              (runs::prompt_id.is_null() && runs::raw_prompt == content && runs::project == project));
}

template <class Session>
std::map<PromptId, std::int64_t> optimizations<Session>::get_forge_counts(std::span<PromptId const> ids,
                                                                          std::span<prompt_text const> texts) const {
  std::map<PromptId, std::int64_t> counts;
  if (ids.empty()) return counts;
  auto const owners = owners_of(texts);
  auto const pairs = pairs_of(owners);
  auto const all = select(runs::prompt_id, count()).from<Optimization>();
  for (auto const& [id, n] : session_.all(all.where(runs::prompt_id.in(ids)).group_by(runs::prompt_id))) {
    counts[*id] += n;
  }
  if (pairs.empty()) return counts;
  auto const unlinked = select(runs::raw_prompt, runs::project, count()).from<Optimization>();
  for (auto const& [content, project, n] :
       session_.all(unlinked.where(without_prompt(pairs)).group_by(runs::raw_prompt, runs::project))) {
    counts[owners.at({content, *project})] += n;
  }
  return counts;
}

template <class Session>
std::map<PromptId, Optimization> optimizations<Session>::get_latest_forge_metadata(
    std::span<PromptId const> ids, std::span<prompt_text const> texts) const {
  std::map<PromptId, Optimization> latest;
  if (ids.empty()) return latest;
  auto const owners = owners_of(texts);
  auto const pairs = pairs_of(owners);
  for (auto& row : newest_of_each(session_, runs::prompt_id.in(ids), runs::prompt_id)) {
    PromptId const id = *row.prompt_id;
    latest.emplace(id, std::move(row));
  }
  if (pairs.empty()) return latest;
  for (auto& row : newest_of_each(session_, without_prompt(pairs), runs::raw_prompt, runs::project)) {
    PromptId const id = owners.at({row.raw_prompt, *row.project});
    latest.emplace(id, std::move(row));
  }
  return latest;
}

template <class Session>
bool optimizations<Session>::title_exists(std::string_view title, std::optional<std::string> const& project,
                                          std::optional<OptimizationId> const& exclude_id) const {
  auto const query = select(runs::id).from<Optimization>().where(
      lower(runs::title) == lower(val(std::string(title))) &&
      when(project, [](auto const& name) { return runs::project == name; }) &&
      when(exclude_id, [](auto const& id) { return runs::id != id; }));
  return session_.first(query).has_value();
}

template <class Session>
listed<OptimizationDetail> optimizations<Session>::list(list_filter const& filter, paging const& asked) const {
  auto found =
      OptimizationDetailRepository{session_}.list(filter_in(session_, filter), detail_sort(asked.sort), way_of(asked),
                                                  {.per_page = asked.limit, .offset = asked.offset});
  return {std::move(found.rows), found.total};
}

template <class Session>
key_page<OptimizationDetail> optimizations<Session>::list_after(page_cursor<OptimizationDetail> const& cursor,
                                                                list_filter const& filter, paging const& asked) const {
  if (asked.offset != 0) throw invalid_value("A page by key begins where its cursor is; leave the offset out");
  return OptimizationDetailRepository{session_}.page_after(
      filter_in(session_, filter), {{detail_sort(asked.sort), way_of(asked)}}, cursor, asked.limit);
}

template <class Session>
std::int64_t optimizations<Session>::clear_all() const requires Session::can_write {
  return session_.execute(remove<Optimization>().all_rows());
}

template <class Session>
removal optimizations<Session>::delete_by_ids(std::span<OptimizationId const> ids) const requires Session::can_write {
  auto const removed = session_.all(remove<Optimization>().where(runs::id.in(ids)).returning(runs::id));
  std::set<OptimizationId> gone;
  for (auto const& [id] : removed) gone.insert(id);
  removal answer;
  for (auto const& id : ids) (gone.contains(id) ? answer.deleted : answer.not_found).push_back(id);
  return answer;
}

template <class Session>
std::optional<tagged> optimizations<Session>::update_tags(OptimizationId const& id,
                                                          tag_change const& change) const requires Session::can_write {
  OptimizationRepository const rows{session_};
  bool const found =
      rows.update(id, {.project = cleared_if_empty(change.project), .title = cleared_if_empty(change.title)});
  if (!found) return std::nullopt;
  if (!change.add.empty()) rows.add_tags(id, change.add);
  if (!change.remove.empty()) rows.remove_tags(id, change.remove);
  auto row = rows.get(id);
  return tagged{id, std::move(row.tags).value_or(std::vector<std::string>{}), std::move(row.project),
                std::move(row.title)};
}

template class optimizations<sqlite::read_session>;
template class optimizations<sqlite::write_session>;

}  // namespace promptforge::app
