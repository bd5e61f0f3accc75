// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// A benchmark scenario: the same work, written once for each competitor.
///
/// One file in scenarios/ holds one scenario with all its competitors and registers it:
///
///     static bench::registered const point_read{{"point_read", 10'000, [](bench::folder const& f) { return ...; }}};
///
/// The first competitor is the yardstick: every ratio is against it. All competitors must return the same checksum.
namespace bench {

/// An empty folder of the scenario's own, removed afterwards.
using folder = std::filesystem::path;

struct competitor {
  std::string name;
  std::function<std::uint64_t()> run;  ///< measured: all operations of one round; returns a checksum over what was read
  std::function<void()> before{};      ///< not measured, before each run: brings the database back to its start
};

struct scenario {
  std::string name;
  std::size_t operations;  ///< how many operations one run makes; figures are given per operation
  std::function<std::vector<competitor>(folder const&)> make;
};

/// All scenarios of the program, in the order of their names.
std::vector<scenario>& scenarios();

struct registered {
  explicit registered(scenario s) { scenarios().push_back(std::move(s)); }
};

}  // namespace bench
