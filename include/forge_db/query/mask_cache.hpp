// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/shape_mask.hpp>
#include <forge_db/schema/slot.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace forge_db {

/// The prepared statements of variable shape that one connection keeps: found by slot and mask, the least recently used
/// one dropped when the cache is full. Prepared is the driver's own; dropping one that is in use must be safe for it.
/// The key is the slot's address and not its number, which a plugin loaded at run time may share.
/// A cache belongs to one thread at a time. Pointers that it gave out are valid until the next insert().
template <class Prepared>
class mask_cache {
 public:
  static constexpr std::size_t default_capacity = 256;

  /// `capacity` must be at least 1.
  explicit mask_cache(std::size_t capacity = default_capacity)
      : capacity_(capacity), buckets_(bucket_count(capacity), nil) {}

  /// The entry, now the most recently used one; null if there is none.
  [[nodiscard]] Prepared* find(statement_slot const& slot, shape_mask const& mask) noexcept {
    for (index at = buckets_[bucket(&slot, mask)]; at != nil; at = entries_[at].chain) {
      if (entries_[at].slot == &slot && entries_[at].mask == mask) {
        touch(at);
        return &entries_[at].prepared;
      }
    }
    return nullptr;
  }

  /// Keeps `prepared`; the key must not be there yet. Strong exception safety.
  Prepared& insert(statement_slot const& slot, shape_mask const& mask, Prepared prepared) {
    index at = nil;
    if (entries_.size() < capacity_) {
      at = static_cast<index>(entries_.size());
      entries_.push_back({&slot, mask, std::move(prepared)});
    } else {
      at = oldest_;
      unchain(at);
      unlink(at);
      entries_[at].slot = &slot;
      entries_[at].mask = mask;
      entries_[at].prepared = std::move(prepared);
    }
    index& head = buckets_[bucket(&slot, mask)];
    entries_[at].chain = std::exchange(head, at);
    link_newest(at);
    return entries_[at].prepared;
  }

  void clear() noexcept {
    entries_.clear();
    for (index& head : buckets_) head = nil;
    newest_ = oldest_ = nil;
  }

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

 private:
  using index = std::uint32_t;
  static constexpr index nil = ~index{0};

  struct entry {
    statement_slot const* slot;
    shape_mask mask;
    Prepared prepared;
    index chain = nil;  // the next entry of the same bucket
    index newer = nil;
    index older = nil;
  };

  static std::size_t bucket_count(std::size_t capacity) noexcept {
    std::size_t count = 16;
    while (count < capacity) count *= 2;
    return count;
  }

  std::size_t bucket(statement_slot const* slot, shape_mask const& mask) const noexcept {
    return (mask.hash() ^ (reinterpret_cast<std::uintptr_t>(slot) >> 3)) & (buckets_.size() - 1);
  }

  void touch(index at) noexcept {
    if (at == newest_) return;
    unlink(at);
    link_newest(at);
  }

  void link_newest(index at) noexcept {
    entries_[at].newer = nil;
    entries_[at].older = newest_;
    (newest_ != nil ? entries_[newest_].newer : oldest_) = at;
    newest_ = at;
  }

  void unlink(index at) noexcept {
    entry const& gone = entries_[at];
    (gone.newer != nil ? entries_[gone.newer].older : newest_) = gone.older;
    (gone.older != nil ? entries_[gone.older].newer : oldest_) = gone.newer;
  }

  void unchain(index at) noexcept {
    index* link = &buckets_[bucket(entries_[at].slot, entries_[at].mask)];
    while (*link != at) link = &entries_[*link].chain;
    *link = entries_[at].chain;
  }

  std::size_t capacity_;
  std::vector<entry> entries_{};
  std::vector<index> buckets_;
  index newest_ = nil;
  index oldest_ = nil;
};

}  // namespace forge_db
