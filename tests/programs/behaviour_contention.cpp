// SPDX-License-Identifier: MIT
//
// Threads that do the same at once, on a file of the tables in tests/codegen/cases/behaviours; several of these
// programs may run on one file. Prints what this one was told: the sum over its threads.
//
//     behaviour_contention FILE create                            the tables, a file with versions
//     behaviour_contention FILE get_or_create|settings|quota|versions THREADS ROUNDS
#include "crowd.hpp"

#include <desk/app_settings_repository.hpp>
#include <desk/app_usage_repository.hpp>
#include <desk/files_repository.hpp>
#include <desk/migrations.hpp>
#include <desk/people_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace desk;
using database = forge_db::sqlite::database;
using session = forge_db::sqlite::write_session;
using namespace std::chrono_literals;

constexpr std::int64_t quota_limit = 100;
constexpr forge_db::timestamp moment = std::chrono::sys_days{std::chrono::year{2026} / 2 / 20};

/// 1 if this call made the person.
std::int64_t get_or_create(session& s, int round) {
  return PersonRepository{s}.get_or_create({.email = std::to_string(round)}).created ? 1 : 0;
}

/// 1 for each increment.
std::int64_t settings(session& s, int round) {
  auto const of_app = AppSettingRepository{s}.settings("app");
  of_app.increment("counter");
  of_app.set("last", round);
  return 1;
}

/// 1 if it was granted.
std::int64_t quota(session& s, int) {
  return AppUsageRepository{s}.quota("app", "calls").limited_to(quota_limit).try_consume(1, moment) ? 1 : 0;
}

/// 1 for each content, none of which is like the one before.
std::int64_t versions(session& s, int round) {
  static std::atomic<int> number{0};
  std::string const content = std::to_string(::getpid()) + '/' + std::to_string(number++) + '/' + std::to_string(round);
  return FileRepository{s}.update(FileId{1}, {.content = content}) ? 1 : 0;
}

int serve(std::vector<std::string> const& arguments) {
  forge_db::sqlite::options settings_of_file;
  settings_of_file.busy_timeout = 60s;
  auto db = forge_db::sqlite::open(arguments.at(1), settings_of_file);
  std::string const& what = arguments.at(2);
  if (what == "create") {
    auto const list = migrations();
    forge_db::migration::runner{db}.upgrade({&list});
    db.write([](session& s) { FileRepository{s}.insert({.name = "shared"}); });
    return 0;
  }
  auto* const work = what == "get_or_create" ? &get_or_create
                     : what == "settings"    ? &settings
                     : what == "quota"       ? &quota
                                             : &versions;
  return crowd::run(std::stoi(arguments.at(3)), [&, rounds = std::stoi(arguments.at(4))](int) {
    std::int64_t sum = 0;
    for (int round = 0; round < rounds; ++round) sum += db.write([&](session& s) { return work(s, round); });
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
