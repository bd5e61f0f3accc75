// SPDX-License-Identifier: MIT
#pragma once

// A fuzz target is one function of an input. Built with FORGE_DB_FUZZING it is what libFuzzer calls (`make fuzz`);
// without, it is a test case that replays the inputs of corpus/NAME/, among them all that ever failed.

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fuzz {

/// The property that a target checks. libFuzzer stops at the exception and keeps the input; a replay fails by it.
inline void require(bool holds, char const* property) {
  if (!holds) throw std::logic_error(property);
}

using target = void (*)(std::string_view input);

}  // namespace fuzz

#ifdef FORGE_DB_FUZZING

#define FORGE_DB_FUZZ(NAME)                                                           \
  static void NAME(std::string_view input);                                           \
  extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) { \
    NAME({reinterpret_cast<char const*>(data), size});                                \
    return 0;                                                                         \
  }                                                                                   \
  static void NAME(std::string_view input)

#else

#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace fuzz {

/// Calls `run` with each file of the corpus, in an allocation of exactly its size: the address sanitizer sees more.
inline void replay(std::string const& name, target run) {
  int inputs = 0;
  for (auto const& file : std::filesystem::directory_iterator(FORGE_DB_SOURCE_DIR "/tests/fuzz/corpus/" + name)) {
    CAPTURE(file.path().string());
    std::ifstream stream(file.path(), std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(stream), {}};
    auto const exact = std::make_unique<char[]>(text.size());
    text.copy(exact.get(), text.size());
    REQUIRE_NOTHROW(run({exact.get(), text.size()}));
    ++inputs;
  }
  CHECK(inputs > 0);
}

}  // namespace fuzz

#define FORGE_DB_FUZZ(NAME)                                            \
  static void NAME(std::string_view input);                            \
  TEST_CASE("fuzzing corpus of " #NAME) { fuzz::replay(#NAME, NAME); } \
  static void NAME(std::string_view input)

#endif
