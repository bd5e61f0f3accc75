// SPDX-License-Identifier: MIT
#pragma once

#include "startup.hpp"

#include <string>

namespace promptforge_db {

// The three reports, for people and for programs. The JSON is described in README.md; its keys are stable.

std::string report_text(start_report const& report);
std::string report_text(forge_db::migration::status_report const& status);
std::string report_text(verify_report const& found);

std::string report_json(std::string const& file, start_report const& report);
std::string report_json(std::string const& file, forge_db::migration::status_report const& status);
std::string report_json(std::string const& file, verify_report const& found);

/// What a migration did on this file: "already" when all of it was so, "recorded" when it differs in ways that keep
/// working, else "applied".
std::string outcome_of(forge_db::migration::migration_report const& migration);

}  // namespace promptforge_db
