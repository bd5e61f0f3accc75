// SPDX-License-Identifier: MIT
#pragma once

// Catch2 3 and 2.13 behind one include. Tests use the names of version 3; for 2.13 the missing ones are added here.

#if __has_include(<catch2/catch_all.hpp>)

#include <catch2/catch_all.hpp>

using Catch::Approx;

#else

#include <catch2/catch.hpp>

#include <string>

namespace Catch {
using Detail::Approx;
}  // namespace Catch

namespace Catch::Matchers {
// The name is Catch2's own. NOLINTNEXTLINE(readability-identifier-naming)
inline auto ContainsSubstring(std::string const& text) { return Contains(text); }
}  // namespace Catch::Matchers

#endif
