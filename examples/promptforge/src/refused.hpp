// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

namespace promptforge::app {

/// Why an operation was refused.
enum class refusal {
  not_found,         ///< What the operation is about; a deleted project counts as gone.
  target_not_found,  ///< The folder or project that it should go to.
  into_itself,
  below_itself,
  too_deep,
  name_taken,
  unknown_ids,   ///< reorder_prompts(): ids that are not the project's prompts.
  repeated_ids,  ///< reorder_prompts(): ids that stand there twice.
  missing_ids,   ///< reorder_prompts(): prompts of the project that are not among the ids.
};

/// What the application does not do; nothing was changed. Beside it, what ForgeDB throws comes through.
class refused : public std::invalid_argument {
 public:
  refused(refusal reason, std::string const& message) : std::invalid_argument(message), reason_(reason) {}
  [[nodiscard]] refusal reason() const noexcept { return reason_; }

 private:
  refusal reason_;
};

}  // namespace promptforge::app
