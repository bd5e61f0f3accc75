// SPDX-License-Identifier: MIT
#pragma once

// How a database gets to the schema that the program was generated for. Start with runner.hpp: what an application
// calls. list.hpp and operations.hpp hold what the generator writes; report.hpp what an upgrade answers.

#include <forge_db/migration/chain.hpp>
#include <forge_db/migration/ddl.hpp>
#include <forge_db/migration/describe.hpp>
#include <forge_db/migration/equivalence.hpp>
#include <forge_db/migration/introspect.hpp>
#include <forge_db/migration/ledger.hpp>
#include <forge_db/migration/list.hpp>
#include <forge_db/migration/live_schema.hpp>
#include <forge_db/migration/observer.hpp>
#include <forge_db/migration/operations.hpp>
#include <forge_db/migration/report.hpp>
#include <forge_db/migration/reverse.hpp>
#include <forge_db/migration/runner.hpp>
#include <forge_db/migration/statements.hpp>
#include <forge_db/migration/table_def.hpp>
#include <forge_db/migration/upgrade_options.hpp>
