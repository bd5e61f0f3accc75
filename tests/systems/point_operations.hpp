// SPDX-License-Identifier: MIT
#pragma once

#include "systems/many_rows.hpp"

#include <forge_db/session/session.hpp>

#include <audit.hpp>
#include <cstdint>
#include <files.hpp>
#include <functional>
#include <memory>
#include <optimizations.hpp>
#include <optional>
#include <projects.hpp>
#include <prompts.hpp>
#include <settings.hpp>
#include <stdexcept>
#include <storage.hpp>
#include <string>
#include <usage.hpp>
#include <vector>
#include <workspaces.hpp>

namespace tests {

/// An operation on one row, or on a bounded number of them, of a file that fill_kernel() and fill_promptforge() filled.
struct point_operation {
  std::string name;
  std::function<void(forge_db::sqlite::write_session&, std::int64_t row)> run;
};

namespace detail {

inline void require_found(bool found) {
  if (!found) throw std::logic_error("a point operation found no row");
}

}  // namespace detail

/// `rows` is what the file was filled with; `row` below is any number from 0 to rows / 100 - 1, whose rows are of
/// `app`.
inline std::vector<point_operation> point_operations(std::int64_t rows) {
  using session = forge_db::sqlite::write_session;
  using detail::require_found;
  auto const key = [](std::int64_t row) { return "key " + std::to_string(row); };
  auto const file = [](std::int64_t row) { return id_of<kernel::VfsFileId>(row, row_of::files); };
  auto const document = [](std::int64_t row) { return id_of<kernel::AppDocumentId>(row, row_of::documents); };
  auto const prompt = [](std::int64_t row) { return id_of<promptforge::PromptId>(row, row_of::prompts); };
  auto const project = [](std::int64_t row) { return id_of<promptforge::ProjectId>(row, row_of::projects); };
  auto const text = [count = std::make_shared<std::int64_t>(0)] { return "text " + std::to_string(++*count); };
  auto const turn = [count = std::make_shared<int>(0)] { return ++*count; };
  auto const last_project = rows / 100 - 1;
  return {
      {"AppSettingsRepository.get",
       [=](session& s, std::int64_t row) {
         require_found(kernel::app::settings{s, "app"}.get(key(row)).has_value());
       }},
      {"AppSettingsRepository.set",
       [=](session& s, std::int64_t row) {
         kernel::app::settings{s, "app"}.set(key(row), forge_db::json::parse(std::to_string(row)));
       }},
      {"AppStorageRepository.get_document",
       [=](session& s, std::int64_t row) {
         require_found(kernel::app::storage{s, "app"}.get_document(document(row)).has_value());
       }},
      {"AppStorageRepository.create_document",
       [](session& s, std::int64_t row) {
         kernel::app::storage{s, "app"}.create_document({.name = "new " + std::to_string(row), .content = "text"});
       }},
      {"VfsRepository.get_file",
       [=](session& s, std::int64_t row) {
         require_found(kernel::app::files{s, "app"}.get_file(file(row)).has_value());
       }},
      {"VfsRepository.update_file",
       [=](session& s, std::int64_t row) {
         require_found(kernel::app::files{s, "app"}.update_file(file(row), {.content = text()}).has_value());
       }},
      {"check_quota",
       [](session& s, std::int64_t) {
         kernel::app::usage{s, "app"}.check_quota("api_calls", {.max_api_calls_per_hour = 1'000'000'000});
       }},
      {"ProjectRepository.get_by_id",
       [=](session& s, std::int64_t row) {
         require_found(promptforge::app::projects{s}.get_by_id(project(row)).has_value());
       }},
      {"ProjectRepository.get_prompt_counts",
       [=](session& s, std::int64_t row) {
         std::vector<promptforge::ProjectId> ids;
         for (std::int64_t i = 0; i < 10; ++i) ids.push_back(project((row + i) % (last_project + 1)));
         require_found(promptforge::app::prompts{s}.get_prompt_counts(ids).size() == ids.size());
       }},
      {"ProjectRepository.add_prompt",
       [=](session& s, std::int64_t row) { promptforge::app::prompts{s}.add_prompt(project(row / 10 * 10), "new"); }},
      {"ProjectRepository.update_prompt",
       [=](session& s, std::int64_t row) {
         promptforge::app::prompts{s}.update_prompt(prompt(row), {.content = text()});
       }},
      {"ProjectRepository.add_prompt, then delete_prompt",
       [=](session& s, std::int64_t row) {
         promptforge::app::prompts const prompts{s};
         prompts.delete_prompt(prompts.add_prompt(project(row / 10 * 10), "for a moment").id);
       }},
      {"OptimizationRepository.get_by_id",
       [](session& s, std::int64_t row) {
         auto const id = id_of<promptforge::OptimizationId>(row, row_of::runs);
         require_found(promptforge::app::optimizations{s}.get_by_id(id).has_value());
       }},
      {"OptimizationRepository.get_by_prompt_id",
       [=](session& s, std::int64_t row) {
         auto const number = std::to_string(row);
         promptforge::app::optimizations const runs{s};
         require_found(runs.get_by_prompt_id(prompt(row), 20, 0, "prompt " + number, "project " + number).total > 0);
       }},
      {"OptimizationRepository.title_exists",
       [](session& s, std::int64_t row) {
         require_found(promptforge::app::optimizations{s}.title_exists("TITLE " + std::to_string(row)));
       }},
      {"OptimizationRepository.create",
       [](session& s, std::int64_t row) {
         promptforge::app::optimizations{s}.create(
             {.raw_prompt = "new " + std::to_string(row), .project = "project 1"});
       }},
      {"OptimizationRepository.update_tags",
       [](session& s, std::int64_t row) {
         auto const id = id_of<promptforge::OptimizationId>(row, row_of::runs);
         promptforge::app::optimizations const runs{s};
         require_found(runs.update_tags(id, {.add = {"for a moment"}, .remove = {"for a moment"}}).has_value());
       }},
      {"WorkspaceRepository.get_link_by_project_name",
       [=](session& s, std::int64_t row) {
         auto const name = "project " + std::to_string(row / 10 * 10);
         require_found(promptforge::app::workspaces{s}.get_link_by_project_name(name).has_value());
       }},
      {"ensure_project_by_name",
       [](session& s, std::int64_t row) {
         auto const name = " project " + std::to_string(row / 10 * 10);
         require_found(promptforge::app::ensure_project_by_name(s, name).has_value());
       }},
      {"ensure_prompt_in_project",
       [=](session& s, std::int64_t row) {
         auto const of = row / 10 * 10;
         auto const last = "prompt  " + std::to_string(of + 99 * (last_project + 1));
         require_found(promptforge::app::ensure_prompt_in_project(s, project(of), last) ==
                       prompt(of + 99 * (last_project + 1)));
       }},
      {"ProjectRepository.move_prompt",
       [=](session& s, std::int64_t row) {
         promptforge::app::prompts{s}.move_prompt(prompt(row), project(row / 10 * 10 + turn() % 2));
       }},
      {"VfsRepository.restore_version",
       [=](session& s, std::int64_t row) {
         auto const former = id_of<kernel::VfsFileVersionId>(row, row_of::versions);
         require_found(kernel::app::files{s, "app"}.restore_version(file(row), former).has_value());
       }},
      {"VfsRepository.move_folder",
       [=](session& s, std::int64_t row) {
         auto const moved = id_of<kernel::VfsFolderId>(row + last_project + 1, row_of::folders);
         std::optional<kernel::VfsFolderId> above;
         if (turn() % 2 == 0) above = id_of<kernel::VfsFolderId>(row, row_of::folders);
         require_found(kernel::app::files{s, "app"}.move_folder(moved, above).has_value());
       }},
      {"AuditRepository.log_action",
       [](session& s, std::int64_t row) {
         kernel::app::audit_trail{s, "app"}.log_action("update", "vfs_file", row_id(row, row_of::files));
       }},
      {"AuditRepository.increment_usage",
       [](session& s, std::int64_t) {
         kernel::app::usage{s, "app"}.increment_usage("documents");
       }},
  };
}

}  // namespace tests
