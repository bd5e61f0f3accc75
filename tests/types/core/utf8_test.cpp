// SPDX-License-Identifier: MIT

// Which texts are UTF-8: known when the program is compiled. The fuzzer of json_text.cpp compares with the standard's
// table.

#include <forge_db/core/is_utf8.hpp>

#include <string_view>

namespace {

using namespace std::literals;
using forge_db::is_utf8;

static_assert(is_utf8(""));
static_assert(is_utf8("a\0b\x7f"sv));
static_assert(is_utf8("\xc2\x80 \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"));
static_assert(!is_utf8("ok \x80"));
static_assert(!is_utf8("\xc3"));
static_assert(!is_utf8("\xf0\x9f\x98"));
static_assert(!is_utf8("\xc3\xa4 \xff \xc3\xa4"));
static_assert(!is_utf8("\xc0\x80"));
static_assert(!is_utf8("\xed\xa0\x80"));
static_assert(!is_utf8("\xf4\x90\x80\x80"));

}  // namespace
