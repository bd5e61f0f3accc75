// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/operations.hpp>

#include <kernel/migrations.hpp>
#include <promptforge/migrations.hpp>

namespace promptforge_db {

using forge_db::migration::step_result;
using forge_db::sqlite::write_session;

/// The data steps of the kernel's migrations. Each is idempotent, as those below.
class kernel_rules final : public kernel::data_steps {
 public:
  step_result merge_usage_counters(write_session& session) override;
  step_result references_within_applications(write_session& session) override;
  step_result unique_root_names(write_session& session) override;
  step_result version_numbers(write_session& session) override;
};

/// The data steps of PromptForge's migrations. Each is idempotent: a second run changes nothing. Each works in sets or
/// in pages of rows, so that memory does not grow with the table.
class application_rules final : public promptforge::data_steps {
 public:
  step_result canonical_times(write_session& session) override;
  step_result legacy_strategies(write_session& session) override;
  step_result legacy_projects(write_session& session) override;
  step_result missing_prompts(write_session& session) override;
  step_result prompt_ids(write_session& session) override;
  step_result unique_root_names(write_session& session) override;
  step_result prompt_version_numbers(write_session& session) override;
  step_result stale_running(write_session& session) override;
};

}  // namespace promptforge_db
