// SPDX-License-Identifier: MIT
#pragma once

#include <refused.hpp>
#include <stdexcept>

namespace tests {

/// Why `work` was refused; throws if it was not.
template <class Work>
promptforge::app::refusal refusal_of(Work const& work) {
  try {
    work();
  } catch (promptforge::app::refused const& refused) {
    return refused.reason();
  }
  throw std::runtime_error("it was not refused");
}

}  // namespace tests
