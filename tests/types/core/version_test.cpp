// SPDX-License-Identifier: MIT

#include <forge_db/core/version.hpp>

static_assert(forge_db::version == forge_db::version_number{0, 1, 0});
static_assert(forge_db::version < forge_db::version_number{0, 2, 0});

// Before 1.0 a minor version is a new contract, in both directions.
static_assert(forge_db::generated_for(0, 1));
static_assert(!forge_db::generated_for(0, 0));
static_assert(!forge_db::generated_for(0, 2));
static_assert(!forge_db::generated_for(1, 1));
