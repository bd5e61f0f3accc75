// SPDX-License-Identifier: MIT
#pragma once

namespace forge_db {

/// The SQL that a statement is rendered in.
enum class dialect { sqlite, postgres };

}  // namespace forge_db
