// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/sql_writer.hpp>

#include <cstddef>
#include <span>
#include <string_view>

// The texts of functions are patterns, in which operands stand as `@1`, or as `~1` where a weak one needs parentheses.
namespace forge_db::detail {

/// An operand of a text: how it is written, the first time and again. Its values are bound once.
class text_operand {
 public:
  using render_function = void (*)(sql_writer&);

  constexpr text_operand(render_function render, bool weak = false)  // NOLINT(google-explicit-constructor)
      : render_(render), weak_(weak) {}

  constexpr void write(sql_writer& out) {
    if (written_) {
      out.repeat(before_, render_);
    } else {
      written_ = true;
      before_ = out.parameters();
      render_(out);
    }
  }
  /// As a part of an expression, in parentheses if its own operators could be torn apart there.
  constexpr void write_enclosed(sql_writer& out) {
    if (weak_) out.text("(");
    write(out);
    if (weak_) out.text(")");
  }

 private:
  render_function render_;
  bool weak_;
  bool written_ = false;
  std::size_t before_ = 0;
};

template <class Node>
constexpr text_operand operand_of() {
  return {&Node::render, Node::strength < 9};
}

constexpr bool is_operand_mark(std::string_view pattern, std::size_t i) {
  return (pattern[i] == '@' || pattern[i] == '~') && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
         pattern[i + 1] <= '9';
}

/// Writes `pattern` with its operands, of which there are at least as many as it names.
constexpr void render_pattern(sql_writer& out, std::string_view pattern, std::span<text_operand> operands) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_operand_mark(pattern, i)) continue;
    out.text(pattern.substr(from, i - from));
    text_operand& operand = operands[static_cast<std::size_t>(pattern[i + 1] - '1')];
    if (pattern[i] == '@') {
      operand.write(out);
    } else {
      operand.write_enclosed(out);
    }
    from = i + 2;
  }
  out.text(pattern.substr(from));
}

/// True if the pattern names all of `count` operands, and each of them for the first time after the one before it: in
/// the order in which they are bound.
constexpr bool names_in_order(std::string_view pattern, std::size_t count) {
  std::size_t named = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_operand_mark(pattern, i)) continue;
    auto const number = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (number > named + 1) return false;
    if (number == named + 1) ++named;
  }
  return named == count;
}

}  // namespace forge_db::detail
