// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/uuid.hpp>

#include <string>

namespace tests {

/// The id that a text of plain SQL is: `id_of<ProjectId>(text)`.
template <class Id>
Id id_of(std::string const& text) {
  return Id{forge_db::parse_uuid(text).value()};
}

}  // namespace tests
