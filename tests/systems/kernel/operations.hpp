// SPDX-License-Identifier: MIT
#pragma once

#include "support/catch.hpp"
#include "systems/system_database.hpp"

#include <string>
#include <vector>

// What the tests of the kernel's operations share.
namespace tests {

using writing = forge_db::sqlite::write_session;
using texts = std::vector<std::string>;

template <class Rows>
texts names_of(Rows const& rows) {
  texts all;
  for (auto const& row : rows) all.push_back(row.name);
  return all;
}

}  // namespace tests
