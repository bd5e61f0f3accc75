// SPDX-License-Identifier: MIT
// Lists of projects and prompts against SQL that was written without ForgeDB, over 20,000 rows in each table.
#include "support/catch.hpp"
#include "systems/id_of.hpp"
#include "systems/promptforge/plain_projects.hpp"
#include "systems/promptforge/row_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <projects.hpp>
#include <prompts.hpp>
#include <string>
#include <vector>

using namespace promptforge;
using forge_db::direction;
using tests::filled_projects;
using tests::id_of;
using tests::row_text;
using tests::shown_time;

namespace {

using lines = std::vector<std::string>;

lines ids_of(std::string const& from, std::string const& how_many) {
  return filled_projects().plain.rows("select id from " + from + " order by id limit " + how_many);
}

lines text_of(std::vector<Project> const& rows) {
  lines all;
  for (auto const& row : rows) {
    all.push_back(row_text(row.id, row.name, row.description, row.status, row.parent_id, row.depth, row.created_at,
                           row.updated_at));
  }
  return all;
}
std::string const project_columns = "select id, name, description, status, parent_id, depth, " +
                                    shown_time("created_at") + ", " + shown_time("updated_at") +
                                    " from projects where ";

lines text_of(std::vector<Prompt> const& rows) {
  lines all;
  for (auto const& row : rows) {
    all.push_back(row_text(row.id, row.content, row.project_id, row.order_index, row.version, row.created_at));
  }
  return all;
}

}  // namespace

TEST_CASE("ProjectRepository.list: agrees with plain SQL over 20,000 rows, by every status, word and sort") {
  auto& plain = filled_projects().plain;
  struct narrowed {
    std::optional<project_status> status;
    char const* condition;
  };
  std::array<narrowed, 4> const statuses{{{std::nullopt, "status <> 'deleted'"},
                                          {project_status::active, "status = 'active'"},
                                          {project_status::archived, "status = 'archived'"},
                                          {project_status::deleted, "status = 'deleted'"}}};
  lines const words{"", "notes", "\xc3\xa4", "\xc3\x84", "%", "_", "\\", "0% OF", "\xe6\x97\xa5", "7", "no such word"};
  std::array<char const*, 4> const sorts{"created_at", "updated_at", "name", "depth"};
  filled_projects().system->read([&](auto& s) {
    for (std::size_t i = 0; i < words.size() * statuses.size(); ++i) {
      auto const& [status, condition] = statuses[i % 4];
      auto const& word = words[i / 4];
      std::string const where = std::string(condition) +
                                " and (?1 = '' or instr(lower(name), lower(?1)) or instr(lower(description), "
                                "lower(?1)))";
      std::string const total = plain.value("select count(*) from projects where " + where, {word});
      for (std::size_t k = 0; k < 2 * sorts.size(); ++k) {
        if (i / 4 > 1 && k != i % 8) continue;  // the first two words by every sort, the others by one
        // What projects cannot be sorted by means created_at.
        std::string const column = k / 2 == 3 ? "created_at" : sorts[k / 2], way = k % 2 == 0 ? "asc" : "desc";
        INFO(condition << " '" << word << "' by " << sorts[k / 2] << ' ' << way);
        auto const found = app::projects{s}.list({.status = status, .search = word}, app::project_sort(sorts[k / 2]),
                                                 k % 2 == 0 ? direction::ascending : direction::descending,
                                                 {.page = 1 + i % 3, .per_page = 40});
        CHECK(std::to_string(found.total) == total);
        CHECK(text_of(found.rows) == plain.rows(project_columns + where + " order by " + column + ' ' + way + ", id " +
                                                    way + " limit 40 offset " + std::to_string(i % 3 * 40),
                                                {word}));
      }
    }
  });
}

TEST_CASE(
    "ProjectRepository.get_children: agrees with plain SQL, of the desktop and of projects with and without rows") {
  auto& plain = filled_projects().plain;
  auto parents = ids_of("projects where id in (select parent_id from projects)", "70");
  for (auto const& full : plain.rows("select project_id from prompts where project_id is not null group by 1 having "
                                     "count(*) > 300")) {
    parents.push_back(full);
  }
  for (auto const& deleted : ids_of("projects where status = 'deleted' and depth between 1 and 7", "9")) {
    parents.push_back(deleted);
  }
  parents.push_back(forge_db::uuid_text(forge_db::uuid_v4()));
  parents.push_back("");
  filled_projects().system->read([&](auto& s) {
    for (auto const& parent : parents) {
      INFO(parent);
      auto const found =
          app::projects{s}.get_children(parent.empty() ? std::nullopt : std::optional(id_of<ProjectId>(parent)));
      CHECK(text_of(found.folders) ==
            plain.rows(project_columns + "ifnull(parent_id, '') = ? and status <> 'deleted' order by name", {parent}));
      CHECK(text_of(found.prompts) ==
            plain.rows("select id, content, project_id, order_index, version, " + shown_time("created_at") +
                           " from prompts where ifnull(project_id, '') = ? order by order_index, id",
                       {parent}));
    }
  });
}

TEST_CASE(
    "ProjectRepository.get_subtree: agrees with plain SQL, down to every depth, deleted folders hiding what is below") {
  auto& plain = filled_projects().plain;
  filled_projects().system->read([&](auto& s) {
    std::size_t most = 0;
    for (auto const& root : ids_of("projects where depth < 7 and id in (select parent_id from projects)", "60")) {
      for (std::int64_t const depth : {0, 1, 4, 8}) {
        lines found;
        for (auto const& [row, level] : app::projects{s}.get_subtree(id_of<ProjectId>(root), depth)) {
          found.push_back(row_text(row.id, row.name, row.parent_id, row.depth, row.status, level));
        }
        INFO(root << " to " << depth);
        most = std::max(most, found.size());
        CHECK(found == plain.rows("with recursive below(id, level) as (select id, 0 from projects where id = ?1 and "
                                  "status <> 'deleted' union all select p.id, level + 1 from projects p join below on "
                                  "p.parent_id = below.id where p.status <> 'deleted' and level < ?2 + 0) select p.id, "
                                  "name, parent_id, depth, status, level from below join projects p using (id) order "
                                  "by level, name, p.id",
                                  {root, std::to_string(depth)}));
      }
    }
    CHECK(most > 40);
  });
}

TEST_CASE("ProjectRepository.get_path: agrees with plain SQL, of any status, root first") {
  auto& plain = filled_projects().plain;
  auto ids = ids_of("projects where depth > 0", "150");
  ids.push_back(forge_db::uuid_text(forge_db::uuid_v4()));
  filled_projects().system->read([&](auto& s) {
    for (auto const& id : ids) {
      CHECK(text_of(app::projects{s}.get_path(id_of<ProjectId>(id))) ==
            plain.rows("with recursive above(at) as (select ?1 union all select parent_id from projects join above on "
                       "id = at where parent_id is not null) " +
                           project_columns + "id in (select at from above) order by depth",
                       {id}));
    }
  });
}

TEST_CASE("ProjectRepository.get_prompt_counts: agrees with plain SQL for thousands of projects at once") {
  auto& plain = filled_projects().plain;
  auto const asked = plain.rows("select id from projects where id < '9'");
  std::vector<ProjectId> ids{ProjectId{forge_db::uuid_v4()}};
  for (auto const& id : asked) ids.push_back(id_of<ProjectId>(id));
  filled_projects().system->read([&](auto& s) {
    auto counts = app::prompts{s}.get_prompt_counts(ids);
    REQUIRE(counts.size() == ids.size());
    CHECK(counts.at(ids.front()) == 0);
    counts.erase(ids.front());
    std::map<std::string, std::int64_t> by_id;
    for (auto const& [id, count] : counts) by_id[forge_db::uuid_text(id.value())] = count;
    lines found;
    for (auto const& [id, count] : by_id) found.push_back(row_text(id, count));
    CHECK(found == plain.rows("select p.id, count(r.id) from projects p left join prompts r on r.project_id = p.id "
                              "where p.id < '9' group by p.id order by p.id"));
    for (std::size_t i = 1; i < ids.size(); i += 300) {
      CHECK(app::prompts{s}.get_prompt_count(ids[i]) == by_id.at(forge_db::uuid_text(ids[i].value())));
    }
  });
}

TEST_CASE("ProjectRepository.get_prompt_versions: agrees with plain SQL, page by page") {
  auto& plain = filled_projects().plain;
  auto ids = plain.rows("select distinct prompt_id from prompt_versions order by 1 limit 40");
  ids.push_back(plain.value("select max(id) from prompts where id not in (select prompt_id from prompt_versions)"));
  filled_projects().system->read([&](auto& s) {
    for (auto const& id : ids) {
      for (auto const& [limit, offset] : {std::pair{20, 0}, {7, 3}, {1, 19}, {5, 20}}) {
        auto const found = app::prompts{s}.get_prompt_versions(id_of<PromptId>(id), limit, offset);
        CHECK(row_text(found.total) == plain.value("select count(*) from prompt_versions where prompt_id = ?", {id}));
        lines texts;
        for (auto const& row : found.rows) {
          texts.push_back(row_text(row.id, row.version, row.content, row.optimization_id, row.created_at));
        }
        CHECK(texts == plain.rows("select id, version, content, optimization_id, " + shown_time("created_at") +
                                      " from prompt_versions where prompt_id = ?1 order by version desc limit ?2 + 0 "
                                      "offset ?3 + 0",
                                  {id, std::to_string(limit), std::to_string(offset)}));
      }
    }
  });
}
