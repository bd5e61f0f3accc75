// SPDX-License-Identifier: MIT
#include <forge_db/query/mask_cache.hpp>

#include "support/catch.hpp"

#include <memory>

using namespace forge_db;

namespace {

statement_slot one;
statement_slot other;

shape_mask mask_of(std::size_t number) {
  shape_mask mask;
  for (std::size_t bit = 0; bit < 16; ++bit) mask.set(bit * 16, (number >> bit & 1) != 0);
  return mask;
}

}  // namespace

TEST_CASE("a mask holds 256 bits, and numbers among them") {
  shape_mask mask;
  CHECK(mask.none());
  mask.set(255);
  mask.set(63);
  mask.set_number(240, 201);
  CHECK(mask.test(63));
  CHECK_FALSE(mask.test(64));
  CHECK(mask.test(255));
  CHECK(mask.number(240, 8) == 201);
  CHECK(mask != mask_of(0));
}

TEST_CASE("the least recently used entry goes first") {
  mask_cache<int> cache(3);
  cache.insert(one, mask_of(1), 1);
  cache.insert(one, mask_of(2), 2);
  cache.insert(other, mask_of(1), 3);
  REQUIRE(cache.find(one, mask_of(1)) != nullptr);
  cache.insert(one, mask_of(4), 4);
  CHECK(cache.size() == 3);
  CHECK(cache.find(one, mask_of(2)) == nullptr);
  CHECK(*cache.find(one, mask_of(1)) == 1);
  CHECK(*cache.find(other, mask_of(1)) == 3);
  CHECK(*cache.find(one, mask_of(4)) == 4);
}

TEST_CASE("the cache stays bounded and right under many shapes") {
  mask_cache<std::unique_ptr<std::size_t>> cache(50);
  for (std::size_t i = 0; i < 1000; ++i) {
    cache.insert(i % 2 == 0 ? one : other, mask_of(i), std::make_unique<std::size_t>(i));
    CHECK(cache.size() <= 50);
    if (i < 20) continue;
    std::size_t const earlier = i - 20;
    auto* const found = cache.find(earlier % 2 == 0 ? one : other, mask_of(earlier));
    REQUIRE(found != nullptr);
    CHECK(**found == earlier);
  }
  cache.clear();
  CHECK(cache.size() == 0);
  CHECK(cache.find(one, mask_of(998)) == nullptr);
  cache.insert(one, mask_of(1), nullptr);
  CHECK(cache.find(one, mask_of(1)) != nullptr);
}
