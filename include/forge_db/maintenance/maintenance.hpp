// SPDX-License-Identifier: MIT
#pragma once

// Care for a database outside of its daily work. In this release: file modes.

#include <forge_db/maintenance/harden.hpp>
