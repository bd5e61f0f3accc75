// SPDX-License-Identifier: MIT
//
// Threads that do one operation of PromptForge or of its kernel at once, each on connections of its own; several of
// these programs may run on one file. Prints what this one was told: the sum over its calls.
//
//     application_contention FILE create                      the tables, and what the operations work on
//     application_contention FILE OPERATION THREADS ROUNDS
#include "crowd.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <errors.hpp>
#include <exception>
#include <files.hpp>
#include <map>
#include <optimizations.hpp>
#include <projects.hpp>
#include <prompts.hpp>
#include <refused.hpp>
#include <settings.hpp>
#include <startup.hpp>
#include <storage.hpp>
#include <string>
#include <usage.hpp>
#include <vector>
#include <workspaces.hpp>

namespace {

using namespace promptforge::app;
using forge_db::json;
using database = forge_db::sqlite::database;
using session = forge_db::sqlite::write_session;
using promptforge::OptimizationId;
using promptforge::ProjectId;
using promptforge::PromptId;

constexpr forge_db::timestamp moment = std::chrono::sys_days{std::chrono::year{2026} / 2 / 20};

struct call {
  int thread;
  int round;
  std::string mine;  ///< The text of this call and of no other, in any of the programs.
};

template <class Id>
Id shared() {
  return Id{*forge_db::parse_uuid("00000000-0000-4000-8000-000000000001")};
}

void create(std::string const& file) {
  promptforge_db::start_up(file);
  forge_db::sqlite::open(file).write([](session& s) {
    projects{s}.create({.id = shared<ProjectId>(), .name = "Shared"});
    s.execute(forge_db::insert(promptforge::NewPrompt{.id = shared<PromptId>(), .content = "0"}));
    optimizations{s}.create({.id = shared<OptimizationId>(), .raw_prompt = "x"});
    s.execute(forge_db::insert(
        kernel::NewVfsFile{.id = shared<kernel::VfsFileId>(), .app_id = "app", .name = "x", .content = "0"}));
  });
}

/// 1 if `work` was done, and 0 if it was refused by a `Refusal`.
template <class Refusal, class Work>
std::int64_t done(database& db, Work const& work) {
  try {
    db.write(work);
    return 1;
  } catch (Refusal const&) {
    return 0;
  }
}

std::int64_t always(database& db, auto const& work) {
  db.write(work);
  return 1;
}

/// Counts up the number that a row's content is, from what was read in a session before: of two that read the same one,
/// the later is told so, and reads again.
std::int64_t count_up(database& db, auto const& read, auto const& write) {
  for (;;) {
    auto const before = db.read([&](auto& s) { return *read(s); });
    std::string const after = std::to_string(std::stoi(before.content) + 1);
    if (done<forge_db::stale_row>(db, [&](session& s) { write(s, after, before.version); }) == 1) return 1;
  }
}

// PromptForge

std::int64_t add_prompt(database& db, call const& one) {
  return always(db, [&](session& s) { prompts{s}.add_prompt(shared<ProjectId>(), one.mine); });
}

std::int64_t update_prompt(database& db, call const& one) {
  return always(db, [&](session& s) { prompts{s}.update_prompt(shared<PromptId>(), {.content = one.mine}); });
}

std::int64_t update_prompt_that_was_read(database& db, call const&) {
  return count_up(
      db, [](auto& s) { return prompts{s}.get_prompt_by_id(shared<PromptId>()); },
      [](session& s, std::string const& content, std::int32_t version) {
        prompts{s}.update_prompt(shared<PromptId>(), {.content = content, .expected_version = version});
      });
}

std::int64_t ensure_project(database& db, call const& one) {
  return always(db, [&](session& s) { ensure_project_by_name(s, " Project " + std::to_string(one.round)); });
}

std::int64_t ensure_prompt(database& db, call const& one) {
  std::string const space(static_cast<std::size_t>(1 + one.thread % 3), ' ');
  return always(db, [&](session& s) {
    ensure_prompt_in_project(s, shared<ProjectId>(), "Text" + space + std::to_string(one.round));
  });
}

std::int64_t upsert_connection(database& db, call const& one) {
  return always(db, [&](session& s) {
    workspaces{s}.upsert_connection(
        {.github_user_id = std::to_string(one.round), .github_username = one.mine, .access_token_encrypted = one.mine});
  });
}

std::int64_t upsert_oauth_config(database& db, call const& one) {
  return always(db, [&](session& s) {
    workspaces{s}.upsert_oauth_config({.client_id = one.mine, .client_secret_encrypted = one.mine});
  });
}

std::int64_t create_link(database& db, call const& one) {
  return done<forge_db::constraint_violation>(db, [&](session& s) {
    auto const project = ensure_project_by_name(s, std::to_string(one.round));
    workspaces{s}.create_link({.project_id = project->id, .repo_full_name = one.mine, .repo_url = "u"});
  });
}

std::int64_t update_tags(database& db, call const& one) {
  return always(db, [&](session& s) {
    optimizations{s}.update_tags(shared<OptimizationId>(), {.add = {"all", one.mine}});
  });
}

std::int64_t create_project(database& db, call const& one) {
  return done<refused>(db, [&](session& s) { projects{s}.create({.name = std::to_string(one.round)}); });
}

// The kernel

/// The count that the call was told.
std::int64_t increment_usage(database& db, call const&) {
  return db.write([](session& s) { return kernel::app::usage{s, "app"}.increment_usage("calls", moment); });
}

std::int64_t check_quota(database& db, call const&) {
  return done<forge_db::quota_exceeded>(db, [](session& s) {
    kernel::app::usage{s, "app"}.check_quota("api_calls", {.max_api_calls_per_hour = 100}, moment);
  });
}

std::int64_t set_settings(database& db, call const& one) {
  json const mine = json::parse('"' + one.mine + '"');
  std::vector<forge_db::setting> const values{{"first", mine}, {"second", mine}};
  return always(db, [&](session& s) {
    kernel::app::settings const settings{s, "app"};
    settings.set_all(values);
    settings.set("third", mine);
  });
}

std::int64_t update_file(database& db, call const& one) {
  return always(db, [&](session& s) {
    kernel::app::files{s, "app"}.update_file(shared<kernel::VfsFileId>(), {.content = one.mine});
  });
}

std::int64_t update_file_that_was_read(database& db, call const&) {
  return count_up(
      db,
      [](auto& s) {
        return kernel::app::files{s, "app"}.get_file(shared<kernel::VfsFileId>());
      },
      [](session& s, std::string const& content, std::int32_t version) {
        kernel::app::files{s, "app"}.update_file(shared<kernel::VfsFileId>(),
                                                 {.content = content, .expected_version = version});
      });
}

std::int64_t create_folder(database& db, call const& one) {
  return done<kernel::app::name_taken>(db, [&](session& s) {
    kernel::app::files{s, "app"}.create_folder(std::to_string(one.round));
  });
}

std::int64_t create_collection(database& db, call const& one) {
  return done<kernel::app::name_taken>(db, [&](session& s) {
    kernel::app::storage{s, "app"}.create_collection(std::to_string(one.round));
  });
}

using operation = std::int64_t(database&, call const&);
std::map<std::string, operation*> const operations{
    {"add_prompt", add_prompt},
    {"update_prompt", update_prompt},
    {"update_prompt_that_was_read", update_prompt_that_was_read},
    {"ensure_project", ensure_project},
    {"ensure_prompt", ensure_prompt},
    {"upsert_connection", upsert_connection},
    {"upsert_oauth_config", upsert_oauth_config},
    {"create_link", create_link},
    {"update_tags", update_tags},
    {"create_project", create_project},
    {"increment_usage", increment_usage},
    {"check_quota", check_quota},
    {"set_settings", set_settings},
    {"update_file", update_file},
    {"update_file_that_was_read", update_file_that_was_read},
    {"create_folder", create_folder},
    {"create_collection", create_collection},
};

int serve(std::vector<std::string> const& arguments) {
  std::string const& file = arguments.at(1);
  if (arguments.at(2) == "create") {
    create(file);
    return 0;
  }
  operation* const work = operations.at(arguments.at(2));
  int const threads = std::stoi(arguments.at(3));
  int const rounds = std::stoi(arguments.at(4));
  forge_db::sqlite::options patient;
  patient.busy_timeout = std::chrono::minutes{1};
  std::vector<database> databases;
  for (int thread = 0; thread < threads; ++thread) databases.push_back(forge_db::sqlite::open(file, patient));
  return crowd::run(threads, [&](int thread) {
    std::int64_t sum = 0;
    std::string const here = std::to_string(::getpid()) + '/' + std::to_string(thread) + '/';
    for (int round = 0; round < rounds; ++round)
      sum += work(databases[static_cast<std::size_t>(thread)], {thread, round, here + std::to_string(round)});
    return sum;
  });
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return serve({arguments, arguments + count});
  } catch (std::exception const& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
