// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

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

/// A write after which an application would store more than it may; nothing was changed. Of the service: 429.
class storage_full : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Beside these, what ForgeDB throws comes through: stale_row for a version that is not the current one, quota_exceeded,
// invalid_value for what cannot be stored or asked for, decode_error for what another program stored.

/// What `work` answers, which puts a row somewhere into a tree; a parent that is not there, and a place that is too
/// deep, become refused in these words. `parent` is the column of the parent.
template <class Work>
auto placing(std::string_view parent, char const* parent_missing, std::string const& too_deep, Work const& work) {
  try {
    return work();
  } catch (forge_db::not_found const&) {
    throw refused(parent_missing);
  } catch (forge_db::invalid_value const& wrong) {
    if (wrong.context().column != parent) throw;
    throw refused(too_deep);
  }
}

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
