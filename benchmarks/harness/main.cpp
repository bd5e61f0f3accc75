// SPDX-License-Identifier: MIT
// bench list                              scenarios, competitors and operations a round, tab separated
// bench time [--rounds N] [SCENARIO...]   interleaved rounds; medians, tab separated
// bench once SCENARIO COMPETITOR          one unmeasured and one measured round, for an instruction counter

#include "harness/scenario.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include <unistd.h>

namespace bench {

std::vector<scenario>& scenarios() {
  static std::vector<scenario> all;
  return all;
}

}  // namespace bench

// The instruction counter collects inside this function only; it has C linkage so that its name is plain.
extern "C" [[gnu::noinline]] std::uint64_t bench_measured(bench::competitor const& c) {
  std::uint64_t const checksum = c.run();
  asm volatile("" ::: "memory");
  return checksum;
}

namespace {

struct scratch_folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("forge_db_bench_" + std::to_string(::getpid()));
  scratch_folder() { std::filesystem::create_directories(path); }
  scratch_folder(scratch_folder const&) = delete;
  scratch_folder& operator=(scratch_folder const&) = delete;
  ~scratch_folder() { std::filesystem::remove_all(path); }
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  std::size_t const middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::uint64_t run_once(bench::competitor const& c) {
  if (c.before) c.before();
  return bench_measured(c);
}

// Rounds are interleaved and start with another competitor each time, so that a slow minute of the machine hits all.
void time_scenario(bench::scenario const& s, std::size_t rounds) {
  scratch_folder const scratch;
  std::vector<bench::competitor> const competitors = s.make(scratch.path);
  std::vector<std::vector<double>> nanoseconds(competitors.size());
  std::uint64_t const expected = run_once(competitors.front());
  for (std::size_t round = 0; round <= rounds; ++round) {
    for (std::size_t turn = 0; turn < competitors.size(); ++turn) {
      std::size_t const which = (round + turn) % competitors.size();
      bench::competitor const& c = competitors[which];
      if (c.before) c.before();
      auto const start = std::chrono::steady_clock::now();
      std::uint64_t const checksum = bench_measured(c);
      auto const taken = std::chrono::steady_clock::now() - start;
      if (checksum != expected) throw std::runtime_error(s.name + ": " + c.name + " did not do the same work");
      if (round == 0) continue;  // warm-up
      nanoseconds[which].push_back(std::chrono::duration<double, std::nano>(taken).count() /
                                   static_cast<double>(s.operations));
    }
  }
  for (std::size_t i = 0; i < competitors.size(); ++i) {
    std::vector<double> ratios;
    for (std::size_t r = 0; r < rounds; ++r) ratios.push_back(nanoseconds[i][r] / nanoseconds[0][r]);
    std::printf("%s\t%s\t%.1f\t%.3f\n", s.name.c_str(), competitors[i].name.c_str(), median(nanoseconds[i]),
                i == 0 ? 1.0 : median(ratios));
  }
}

int run_under_counter(std::string_view scenario_name, std::string_view competitor_name) {
  for (bench::scenario const& s : bench::scenarios()) {
    if (s.name != scenario_name) continue;
    scratch_folder const scratch;
    for (bench::competitor const& c : s.make(scratch.path)) {
      if (c.name != competitor_name) continue;
      if (c.before) c.before();
      c.run();  // statements are prepared, pages are cached
      std::printf("%llu\n", static_cast<unsigned long long>(run_once(c)));
      return 0;
    }
  }
  std::fprintf(stderr, "bench: no such scenario or competitor\n");
  return 2;
}

void list_scenarios() {
  for (bench::scenario const& s : bench::scenarios()) {
    scratch_folder const scratch;
    for (bench::competitor const& c : s.make(scratch.path)) {
      std::printf("%s\t%s\t%zu\n", s.name.c_str(), c.name.c_str(), s.operations);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::ranges::sort(bench::scenarios(), {}, &bench::scenario::name);
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 1 && arguments[0] == "list") {
    list_scenarios();
    return 0;
  }
  if (arguments.size() == 3 && arguments[0] == "once") return run_under_counter(arguments[1], arguments[2]);
  if (!arguments.empty() && arguments[0] == "time") {
    arguments.erase(arguments.begin());
    std::size_t rounds = 15;
    if (arguments.size() >= 2 && arguments[0] == "--rounds") {
      rounds = std::stoul(arguments[1]);
      arguments.erase(arguments.begin(), arguments.begin() + 2);
    }
    for (bench::scenario const& s : bench::scenarios()) {
      if (arguments.empty() || std::ranges::count(arguments, s.name) > 0) time_scenario(s, rounds);
    }
    return 0;
  }
  std::fprintf(stderr, "usage: bench list | time [--rounds N] [SCENARIO...] | once SCENARIO COMPETITOR\n");
  return 2;
}
