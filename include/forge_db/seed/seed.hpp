// SPDX-License-Identifier: MIT
#pragma once

// Rows from CSV into tables: load.hpp is what programs call, csv_reader.hpp says what CSV is, existing.hpp what becomes
// of rows that are there already. Not part of forge_db.hpp.

#include <forge_db/seed/csv_text.hpp>     // IWYU pragma: export
#include <forge_db/seed/existing.hpp>     // IWYU pragma: export
#include <forge_db/seed/load.hpp>         // IWYU pragma: export
#include <forge_db/seed/seed_report.hpp>  // IWYU pragma: export
