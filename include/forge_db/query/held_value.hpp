// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/bytes.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace forge_db::detail {

// What a statement keeps of a value until it is bound. Rvalues are owned, because a view of a temporary dangles without
// any warning; lvalues and views are borrowed. Both in one class, so that a statement's type does not depend on where
// its values come from.

/// A view of lvalues and a copy of rvalues.
template <class Owned, class View>
class owned_or_view {
 public:
  template <class From>
    requires(!std::same_as<std::remove_cvref_t<From>, owned_or_view>)
  explicit owned_or_view(From&& from) {
    if constexpr (std::same_as<From, Owned>) {
      owned_ = std::forward<From>(from);
      owns_ = true;
    } else if constexpr (std::is_lvalue_reference_v<From> || std::is_trivially_copyable_v<From>) {
      view_ = View(from);
    } else {  // a temporary of another class that owns its text
      View const view(from);
      owned_.assign(view.begin(), view.end());
      owns_ = true;
    }
  }

  [[nodiscard]] View view() const noexcept { return owns_ ? View(owned_) : view_; }

 private:
  Owned owned_{};
  View view_{};
  bool owns_ = false;
};

using held_text = owned_or_view<std::string, std::string_view>;
using held_bytes = owned_or_view<bytes, std::span<std::byte const>>;

/// A value that is neither small nor text: a copy of an rvalue, or a pointer to an lvalue.
template <class T>
class owned_or_borrowed {
 public:
  explicit owned_or_borrowed(T const& value) noexcept : borrowed_(&value) {}
  explicit owned_or_borrowed(T&& value) : owned_(std::move(value)) {}

  [[nodiscard]] T const& get() const noexcept { return owned_ ? *owned_ : *borrowed_; }

 private:
  std::optional<T> owned_{};  // a variant of both would cost four times as much to compile
  T const* borrowed_ = nullptr;
};

}  // namespace forge_db::detail
