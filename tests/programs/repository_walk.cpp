// SPDX-License-Identifier: MIT
//
// The same operations of the repositories on any upgraded PromptForge file, and what they answered, as text: files of
// different histories must give the same text. New keys are fixed, moments and keys that the upgrade made up are not.
//
//     repository_walk FILE
#include <forge_db/forge_db.hpp>
#include <forge_db/text/to_json.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <kernel/repositories.hpp>
#include <optional>
#include <promptforge/repositories.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace promptforge;
using forge_db::direction;
using forge_db::json;
using forge_db::timestamp;
using forge_db::to_json;
using texts = std::vector<std::string>;

/// Of a row that this program writes (group 9), or of one that was in the file (8).
template <class Id>
Id id(int number, int group = 9) {
  char text[37];
  std::snprintf(text, sizeof text, "00000000-0000-4000-%d000-%012d", group, number);
  return Id{*forge_db::parse_uuid(text)};
}

timestamp at(int day) { return timestamp::from_unix_us(1'700'000'000'000'000 + day * 86'400'000'000LL); }

std::string text(bool value) { return value ? "yes" : "no"; }
std::string text(std::int64_t value) { return std::to_string(value); }
template <forge_db::table_row Row>
std::string text(Row const& row) {
  return to_json(row);
}
template <forge_db::table_row Row>
std::string text(std::optional<Row> const& row) {
  return row ? to_json(*row) : "none";
}
template <class Row>
std::string text(forge_db::page<Row> const& page) {
  std::string all = std::to_string(page.rows.size()) + " of " + std::to_string(page.total);
  for (Row const& row : page.rows) all += "\n    " + to_json(row);
  return all;
}

/// One line for what `work` answers or throws.
template <class Work>
void say(std::string const& what, Work const& work) {
  std::string answer;
  try {
    answer = text(work());
  } catch (std::exception const& problem) {
    answer = std::string("throws ") + problem.what();
  }
  std::printf("%s: %s\n", what.c_str(), answer.c_str());
}

/// What the upgrade left.
void read(auto& s) {
  auto const projects = ProjectRepository{s}.with_deleted();
  OptimizationRepository runs{s};
  PromptRepository prompts{s};
  for (char const* name : {"Alpha", "Beta", "Shelf", "Gone", "nobody"}) {
    auto const found = projects.list({.name = name});
    say(
        std::string("project ") + name, [&]() -> auto const& { return found; });
    for (auto const& each : found.rows)
      say(std::string("prompts of ") + name,
          [&] { return prompts.list({.project_id = each.id}, PromptSort::order_index, direction::ascending); });
    say(std::string("runs of ") + name, [&] {
      return runs.list({.project = name}, OptimizationSort::created_at, direction::ascending, {.per_page = 100});
    });
  }
  say("projects that are not deleted", [&] { return projects.count({.status_not = project_status::deleted}); });
  say("projects with poems", [&] { return projects.list({.search = "POEM"}); });
  say("all projects", [&] { return projects.list(); });
  say("all runs", [&] { return runs.list(); });
  for (auto status : {optimization_status::completed, optimization_status::error, optimization_status::running,
                      optimization_status::pending, optimization_status::cancelled})
    say("runs " + std::string(forge_db::to_text(status)), [&] { return runs.count({.status = status}); });
  say("runs with a good score", [&] {
    return runs.list({.project = "Alpha", .overall_score = {.from = 0.5, .to = 0.9}}, OptimizationSort::overall_score,
                     direction::descending, {.page = 2, .per_page = 2});
  });
  say("runs tagged urgent", [&] { return runs.count({.project = "Alpha", .tags = "urgent"}); });
  say("runs found by text", [&] { return runs.count({.search = "poem"}); });
  say("runs of a week", [&] { return runs.count({.created_at = {.from = at(473), .to = at(480)}}); });
}

/// Rows of every kind, with keys that hold them together, and what the constraints say to wrong ones.
void write(auto& s) {
  auto const project = id<ProjectId>(1);
  auto const prompt = id<PromptId>(2);
  auto const run = id<OptimizationId>(3);
  ProjectRepository projects{s};
  PromptRepository prompts{s};
  OptimizationRepository runs{s};
  PromptVersionRepository versions{s};
  WorkspaceLinkRepository links{s};
  say("insert project",
      [&] { return projects.insert({.id = project, .name = "Walk", .created_at = at(1), .updated_at = at(1)}); });
  say("insert folder", [&] {
    return projects.insert({.id = id<ProjectId>(11),
                            .name = "Below",
                            .parent_id = project,
                            .depth = 1,
                            .created_at = at(2),
                            .updated_at = at(2)});
  });
  say("insert prompt", [&] {
    return prompts.insert(
        {.id = prompt, .content = "Write", .project_id = project, .created_at = at(1), .updated_at = at(1)});
  });
  say("insert run", [&] {
    return runs.insert({.id = run,
                        .created_at = at(3),
                        .raw_prompt = "Write",
                        .weaknesses = texts{"vague", "日本"},
                        .overall_score = 0.1,
                        .is_improvement = true,
                        .project = "Walk",
                        .tags = texts{"urgent"},
                        .prompt_id = prompt,
                        .codebase_context_snapshot = json::parse(R"({"language": "C++"})"),
                        .conciseness_score = 0.25,
                        .detected_patterns = texts{"role"}});
  });
  say("insert version", [&] {
    return versions.insert({.id = id<PromptVersionId>(4),
                            .prompt_id = prompt,
                            .version = 1,
                            .content = "Old",
                            .optimization_id = run,
                            .created_at = at(4)});
  });
  say("insert link", [&] {
    return links.insert({.id = id<WorkspaceLinkId>(5),
                         .project_id = project,
                         .repo_full_name = "a/b",
                         .repo_url = "u",
                         .file_tree_snapshot = texts{"a.py"},
                         .created_at = at(1),
                         .updated_at = at(1)});
  });
  say("insert account", [&] {
    return GithubConnectionRepository{s}.insert({.id = id<GithubConnectionId>(6),
                                                 .github_user_id = "77",
                                                 .github_username = "walker",
                                                 .access_token_encrypted = "x",
                                                 .created_at = at(1),
                                                 .updated_at = at(1)});
  });
  say("insert configuration", [&] {
    return GithubOauthConfigRepository{s}.insert({.id = id<GithubOauthConfigId>(7),
                                                  .client_id = "Walk",
                                                  .client_secret_encrypted = "x",
                                                  .created_at = at(1),
                                                  .updated_at = at(1)});
  });
  std::vector<NewOptimization> many;
  many.reserve(30);
  for (int i = 0; i < 30; ++i)
    many.push_back({.id = id<OptimizationId>(100 + i),
                    .created_at = at(10 + i),
                    .raw_prompt = "n" + std::to_string(i),
                    .overall_score = i / 30.0,
                    .project = "Walk"});
  say("insert many", [&] { return runs.insert_many(many); });

  say("the same key again", [&] { return runs.insert({.id = run, .raw_prompt = "x"}); });
  say("a second root project of that name", [&] { return projects.insert({.name = "Walk"}); });
  say("a second folder of that name",
      [&] { return projects.insert({.name = "Below", .parent_id = project, .depth = 1}); });
  say("a prompt of no project", [&] { return prompts.insert({.content = "x", .project_id = id<ProjectId>(999)}); });
  say("a second link", [&] { return links.insert({.project_id = project, .repo_full_name = "c/d", .repo_url = "u"}); });
  say("a second account", [&] {
    return GithubConnectionRepository{s}.insert(
        {.github_user_id = "77", .github_username = "other", .access_token_encrypted = "x"});
  });

  say("update run", [&] { return runs.update(run, {.status = optimization_status::completed, .title = "Walked"}); });
  say("clear fields",
      [&] { return runs.update(run, {.weaknesses = forge_db::null, .overall_score = forge_db::null}); });
  say("updated run", [&] { return runs.find(run); });
  say("update nothing there", [&] { return runs.update(id<OptimizationId>(998), {.title = "x"}); });
  say("move prompt to no project", [&] { return prompts.update(prompt, {.project_id = id<ProjectId>(999)}); });
  say("upsert run", [&] { return runs.upsert({.id = run, .created_at = at(3), .raw_prompt = "Again"}); });
  say("upsert account", [&] {
    return GithubConnectionRepository{s}.upsert(
        {.github_user_id = "77", .github_username = "renamed", .access_token_encrypted = "y", .updated_at = at(9)},
        github_connections::github_user_id);
  });
  say("page of runs", [&] {
    return runs.list({.project = "Walk"}, OptimizationSort::created_at, direction::descending,
                     {.page = 4, .per_page = 9});
  });
}

/// What hangs on what is removed.
void remove(auto& s) {
  ProjectRepository projects{s};
  PromptRepository prompts{s};
  OptimizationRepository runs{s};
  say("remove run", [&] { return runs.remove(id<OptimizationId>(3)); });
  say("its version", [&] { return PromptVersionRepository{s}.find(id<PromptVersionId>(4)); });
  say("remove project", [&] { return projects.remove(id<ProjectId>(1)); });
  say("purge project", [&] { return projects.purge(id<ProjectId>(1)); });
  say("its folder", [&] { return projects.with_deleted().exists(id<ProjectId>(11)); });
  say("its link", [&] { return WorkspaceLinkRepository{s}.exists(id<WorkspaceLinkId>(5)); });
  say("its prompt", [&] { return prompts.find(id<PromptId>(2)); });
  say("remove prompt", [&] { return prompts.remove(id<PromptId>(2)); });
  say("its versions", [&] { return PromptVersionRepository{s}.count({.prompt_id = id<PromptId>(2)}); });
  say("remove what is gone", [&] { return projects.remove(id<ProjectId>(1)); });
  say("runs in all", [&] { return runs.count(); });
}

/// What the upgrade left of each application.
void kernel_rows(auto& s) {
  using namespace kernel;
  VfsFileVersionRepository const versions{s};
  for (std::string const app : {"promptforge", "odd", "broken"}) {
    say("settings of " + app, [&] { return AppSettingRepository{s}.list({.app_id = app}); });
    say("collections of " + app, [&] { return AppCollectionRepository{s, app}.list(); });
    say("documents of " + app, [&] { return AppDocumentRepository{s, app}.list(); });
    say("folders of " + app, [&] { return VfsFolderRepository{s, app}.list(); });
    say("files of " + app, [&] { return VfsFileRepository{s, app}.list(); });
    say("log of " + app, [&] { return AuditLogRepository{s, app}.list(); });
  }
  say("usage", [&] { return AppUsageRepository{s}.list(); });
  say("former contents of b.txt", [&] { return versions.list({.file_id = id<VfsFileId>(84, 8)}); });
  say("former contents of no file", [&] { return versions.list({.file_id = id<VfsFileId>(999, 8)}); });
}

void kernel_tables(auto& s) {
  using namespace kernel;
  kernel_rows(s);
  AppSettingRepository settings{s};
  AppUsageRepository usage{s};
  VfsFolderRepository folders{s, "walk"};
  VfsFileRepository files{s, "walk"};
  for (char const* value : {"1", "[2]"})
    say("write setting", [&] {
      return settings.upsert({.id = id<AppSettingId>(20),
                              .app_id = "walk",
                              .key = "theme",
                              .value = json::parse(value),
                              .created_at = at(1),
                              .updated_at = at(1)},
                             app_settings::app_id, app_settings::key);
    });
  say("the same setting again", [&] { return settings.insert({.app_id = "walk", .key = "theme"}); });
  for (int count : {1, 7})
    say("count usage", [&] {
      return usage.upsert({.id = id<AppUsageId>(21),
                           .app_id = "walk",
                           .resource = "api_calls",
                           .period = "2026-02-20T14",
                           .count = count,
                           .updated_at = at(1)},
                          app_usage::app_id, app_usage::resource, app_usage::period);
    });
  say("the same hour again",
      [&] { return usage.insert({.app_id = "walk", .resource = "api_calls", .period = "2026-02-20T14"}); });
  say("insert folder", [&] {
    return folders.insert({.id = id<VfsFolderId>(22), .name = "f", .created_at = at(1), .updated_at = at(1)});
  });
  say("insert file", [&] {
    return files.insert({.id = id<VfsFileId>(23),
                         .folder_id = id<VfsFolderId>(22),
                         .name = "x",
                         .created_at = at(1),
                         .updated_at = at(1)});
  });
  say("insert version", [&] {
    return VfsFileVersionRepository{s}.insert({.id = id<VfsFileVersionId>(24),
                                               .file_id = id<VfsFileId>(23),
                                               .version = 1,
                                               .content = "old",
                                               .created_at = at(1)});
  });
  say("a file in no folder", [&] { return files.insert({.folder_id = id<VfsFolderId>(999), .name = "y"}); });
  say("remove folder", [&] { return folders.remove(id<VfsFolderId>(22)); });
  say("its file", [&] { return files.find(id<VfsFileId>(23)); });
  say("remove file", [&] { return files.remove(id<VfsFileId>(23)); });
  say("its versions", [&] { return VfsFileVersionRepository{s}.count(); });
  auto const outer = id<AppCollectionId>(25);
  AppCollectionRepository collections{s, "walk"};
  AppDocumentRepository documents{s, "walk"};
  say("insert collection",
      [&] { return collections.insert({.id = outer, .name = "c", .created_at = at(1), .updated_at = at(1)}); });
  say("insert document", [&] {
    return documents.insert(
        {.id = id<AppDocumentId>(26), .collection_id = outer, .name = "d", .created_at = at(1), .updated_at = at(1)});
  });
  say("remove collection", [&] { return collections.remove(outer); });
  say("its documents", [&] { return documents.count(); });
  say("write to the log", [&] {
    return AuditLogRepository{s, "walk"}.insert(
        {.id = id<AuditLogId>(27), .action = "a", .resource_type = "r", .timestamp = at(1)});
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    auto db = forge_db::sqlite::open(argv[1]);
    db.read([](auto& s) { read(s); });
    db.write([](auto& s) { write(s); });
    say("a session that fails", [&] {
      db.write([](auto& s) {
        OptimizationRepository{s}.remove(id<OptimizationId>(3));
        throw std::runtime_error("half-way");
      });
      return true;
    });
    db.write([](auto& s) { remove(s); });
    db.write([](auto& s) { kernel_tables(s); });
    return 0;
  } catch (std::exception const& problem) {
    std::fprintf(stderr, "repository_walk: %s\n", problem.what());
    return 1;
  }
}
