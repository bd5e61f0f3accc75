// SPDX-License-Identifier: MIT
#pragma once

// Care for a database outside of its daily work. In this release: file modes, side files; and row_check.hpp, which is
// not included here, because it reads migration lists.

#include <forge_db/maintenance/harden.hpp>
#include <forge_db/maintenance/side_files.hpp>
