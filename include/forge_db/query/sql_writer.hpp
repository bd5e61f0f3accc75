// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/dialect.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/query/shape_mask.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace forge_db {

/// Writes SQL text for one dialect: without a buffer it only counts. Every node and statement renders itself through
/// one, in a constant expression for texts that are constants of a type, and at run time, from the same pieces, for the
/// others.
class sql_writer {
 public:
  constexpr explicit sql_writer(dialect target, char* out = nullptr) noexcept : dialect_(target), out_(out) {}

  [[nodiscard]] constexpr bool is_postgres() const noexcept { return dialect_ == dialect::postgres; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }

  constexpr void text(std::string_view piece) noexcept {
    if (out_ != nullptr) {
      for (char const character : piece) *out_++ = character;
    }
    size_ += piece.size();
  }

  /// The placeholder of the next bound value: `?`, or `$n`.
  constexpr void parameter() noexcept {
    ++parameters_;
    text(is_postgres() ? "$" : "?");
    if (is_postgres() || repeating_) number(parameters_);
  }

  /// How many placeholders have been written.
  [[nodiscard]] constexpr std::size_t parameters() const noexcept { return parameters_; }

  /// Writes a node once more with the values that it was written with when there had been `before` placeholders, so
  /// that they are bound once: `?n` on SQLite.
  constexpr void repeat(std::size_t before, void (*node)(sql_writer&)) {
    std::size_t const written = parameters_;
    bool const nested = repeating_;
    parameters_ = before;
    repeating_ = true;
    node(*this);
    parameters_ = written;
    repeating_ = nested;
  }

  constexpr void number(std::size_t value) noexcept {
    if (value >= 10) number(value / 10);
    char const digit = static_cast<char>('0' + value % 10);
    text({&digit, 1});
  }

  /// Joined statements name the table before each column.
  constexpr void qualify(bool on) noexcept { qualified_ = on; }

  /// Goes into a statement within this one, where columns are qualified; leave() takes what it answers.
  [[nodiscard]] constexpr bool enter() noexcept {
    ++depth_;
    return std::exchange(qualified_, true);
  }
  constexpr void leave(bool qualified) noexcept {
    --depth_;
    qualified_ = qualified;
  }
  /// How many statements are around what is being written.
  [[nodiscard]] constexpr int depth() const noexcept { return depth_; }

  /// The selects that the statement begins with, by name, the latest first; with() says which.
  struct known_query {
    std::string_view name;
    known_query const* before = nullptr;
  };
  constexpr void know(known_query const* latest) noexcept { known_ = latest; }
  [[nodiscard]] constexpr known_query const* known() const noexcept { return known_; }

  /// Which of the statement's choices (query/when.hpp) were made. Statements without a say in it have none: such a
  /// text is no constant.
  constexpr void choose(shape_mask const& mask) noexcept {
    choices_ = &mask;
    choice_ = 0;
  }
  constexpr bool next_choice() {
    if (choices_ == nullptr) throw not_supported("forge_db: when() requires to stand in where() of a select");
    return choices_->test(choice_++);
  }

  constexpr void column(std::string_view quoted_table, std::string_view quoted_column) noexcept {
    if (qualified_) {
      text(quoted_table);
      text(".");
    }
    text(quoted_column);
  }

 private:
  dialect dialect_;
  char* out_;
  std::size_t size_ = 0;
  std::size_t parameters_ = 0;
  bool qualified_ = false;
  shape_mask const* choices_ = nullptr;
  std::size_t choice_ = 0;
  bool repeating_ = false;
  int depth_ = 0;
  known_query const* known_ = nullptr;
};

/// Writes ", " before every item but the first, or what it is told to.
class sql_separator {
 public:
  constexpr explicit sql_separator(std::string_view separator = ", ", std::string_view before_first = {}) noexcept
      : separator_(separator), next_(before_first) {}
  constexpr void operator()(sql_writer& out) noexcept {
    out.text(next_);
    next_ = separator_;
  }

 private:
  std::string_view separator_;
  std::string_view next_;
};

}  // namespace forge_db
