// SPDX-License-Identifier: MIT
//
//     promptforge_db upgrade|verify|status FILE [--json]
//
// See README.md for the report and the exit codes.
#include "report_output.hpp"
#include "startup.hpp"

#include <forge_db/core/error.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

using namespace promptforge_db;

enum exit_code { done = 0, differs = 1, wrong_usage = 2, no_file = 3, failed = 4, in_use = 5 };

struct arguments {
  std::string command, file;
  bool json = false;
};

std::optional<arguments> parse(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  bool const json = std::erase(words, "--json") != 0;
  if (words.size() != 2 || words[1].empty() || words[1].starts_with("--")) return std::nullopt;
  if (words[0] != "upgrade" && words[0] != "verify" && words[0] != "status") return std::nullopt;
  return arguments{words[0], words[1], json};
}

/// Tells on standard error what is being worked on, when a person is likely to wait for it.
class progress final : public forge_db::migration::observer {
 public:
  void migration_started(std::string const& schema, forge_db::migration::migration const& migration) override {
    place_ = schema + ' ' + std::to_string(migration.version) + ' ' + migration.title;
  }
  void rows_copied(std::string const& table, std::int64_t copied, std::int64_t total) override {
    std::fprintf(stderr, "%s: %s, %lld of %lld rows\n", place_.c_str(), table.c_str(), static_cast<long long>(copied),
                 static_cast<long long>(total));
  }
  void migration_finished(std::string const& schema, forge_db::migration::migration_report const& migration) override {
    if (migration.adopted) return;
    std::fprintf(stderr, "%s: %d %s done\n", schema.c_str(), migration.version, migration.title.c_str());
  }

 private:
  std::string place_;
};

int print(std::string const& text, int code) {
  std::fputs(text.c_str(), stdout);
  return code;
}

template <class Report>
int print(arguments const& given, Report const& report, int code) {
  return print(given.json ? report_json(given.file, report) : report_text(report), code);
}

int run(arguments const& given) {
  if (given.command == "upgrade") {
    progress watch;
    auto const report = start_up(given.file, given.json ? nullptr : &watch);
    return print(given, report, report.migrations.has_drift() ? differs : done);
  }
  std::error_code unknown;
  if (!std::filesystem::exists(given.file, unknown) && !unknown) {
    std::fprintf(stderr, "promptforge_db: %s: no such file; `promptforge_db upgrade` makes one\n", given.file.c_str());
    return no_file;
  }
  if (given.command == "status") return print(given, status_of(given.file), done);
  auto const found = verify(given.file);
  return print(given, found, found.schema.clean() ? done : differs);
}

int exit_code_of(forge_db::error const& problem) {
  switch (problem.code()) {
    case forge_db::error_code::cannot_open:
    case forge_db::error_code::read_only:
    case forge_db::error_code::corrupt:
    case forge_db::error_code::io_error:
      return no_file;
    case forge_db::error_code::busy:
      return in_use;
    default:
      return failed;
  }
}

}  // namespace

int main(int argc, char** argv) {
  auto const given = parse(argc, argv);
  if (!given) {
    bool const asked = argc == 2 && (std::string_view{argv[1]} == "--help" || std::string_view{argv[1]} == "-h");
    std::fputs(
        "usage: promptforge_db upgrade FILE [--json]   bring FILE up to date\n"
        "       promptforge_db verify  FILE [--json]   compare FILE with the schema\n"
        "       promptforge_db status  FILE [--json]   say where FILE stands\n",
        asked ? stdout : stderr);
    return asked ? done : wrong_usage;
  }
  std::signal(SIGXFSZ, SIG_IGN);  // a file that meets its size limit is an error with a text, not the end
  try {
    return run(*given);
  } catch (forge_db::error const& problem) {
    std::fprintf(stderr, "promptforge_db: %s: %s\n", given->file.c_str(), problem.what());
    return exit_code_of(problem);
  } catch (std::exception const& problem) {
    std::fprintf(stderr, "promptforge_db: %s: %s\n", given->file.c_str(), problem.what());
    return failed;
  }
}
