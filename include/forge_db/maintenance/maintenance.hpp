// SPDX-License-Identifier: MIT
#pragma once

// Care for a database outside of its daily work. In this release: file modes, side files.

#include <forge_db/maintenance/harden.hpp>
#include <forge_db/maintenance/side_files.hpp>
