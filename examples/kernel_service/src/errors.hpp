// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <stdexcept>
#include <string>

namespace kernel::app {

/// A request that names what is not there, or a place where it must not go; nothing was changed. Of the service: 400.
class refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A name that another row beside it has already; nothing was changed. Of the service: 409.
class name_taken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Beside these, what ForgeDB throws comes through: stale_row for a version that is not the current one, quota_exceeded,
// invalid_value for what cannot be stored or asked for, decode_error for what another program stored.

/// What `work` answers; a unique constraint that it meets becomes name_taken.
template <class Work>
auto naming(std::string const& name, Work const& work) {
  try {
    return work();
  } catch (forge_db::constraint_violation const& violation) {
    if (violation.code() != forge_db::error_code::unique_violation) throw;
    throw name_taken("The name is taken: " + name);
  }
}

}  // namespace kernel::app
