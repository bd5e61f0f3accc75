// SPDX-License-Identifier: MIT
#pragma once

/// Start here: what generated code specialises. column.hpp and table.hpp describe tables to the query layer,
/// storage.hpp and the codecs say how values lie in the database, slot.hpp numbers statements.

#include <forge_db/core/patch.hpp>
#include <forge_db/core/range.hpp>
#include <forge_db/core/required.hpp>
#include <forge_db/core/version.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/codec_decimal.hpp>
#include <forge_db/schema/codec_json.hpp>
#include <forge_db/schema/codec_time.hpp>
#include <forge_db/schema/codec_uuid.hpp>
#include <forge_db/schema/column.hpp>
#include <forge_db/schema/slot.hpp>
#include <forge_db/schema/storage.hpp>
#include <forge_db/schema/table.hpp>
#include <forge_db/schema/value_kind.hpp>
