// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/detail/statement_record.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace forge_db::sqlite {

/// The prepared statements of one connection whose texts are constants, by slot number. An entry counts only if it was
/// made from the very text that is asked for: slots of a plugin have numbers of their own. The first statement of a
/// number has its place, later ones are found by the address of their text, so that two modules that share a connection
/// do not prepare again in turn. Belongs to its connection's thread.
class statement_cache {
 public:
  /// The record in the number's place, free or in use; null when it is none for this text.
  detail::statement_record* find(std::size_t slot, char const* text) const noexcept {
    if (slot >= records_.size()) [[unlikely]]
      return nullptr;
    auto* const record = records_[slot].get();
    return record != nullptr && record->text == text ? record : nullptr;
  }

  /// The record for a text that found its number's place taken, free or in use; null when there is none.
  detail::statement_record* find_crowded_out(char const* text) const noexcept {
    auto const place = place_of(text);
    return place != crowded_out_.end() && (*place)->text == text ? place->get() : nullptr;
  }

  /// Takes in a record whose text neither function finds.
  /// Strong guarantee: when memory runs out, nothing changes but `record` is gone.
  detail::statement_record* insert(std::size_t slot, detail::cached_record record) {
    if (slot >= records_.size()) records_.resize(slot + slot / 2 + 8);
    auto* const kept = record.get();
    if (records_[slot] == nullptr) {
      records_[slot] = std::move(record);
    } else {
      crowded_out_.insert(place_of(kept->text), std::move(record));
    }
    kept->set_owned(true);
    return kept;
  }

  /// Finalises every statement that is not in use.
  void clear() noexcept {
    records_.clear();
    crowded_out_.clear();
  }

 private:
  using records = std::vector<detail::cached_record>;

  records::const_iterator place_of(char const* text) const noexcept {
    return std::lower_bound(
        crowded_out_.begin(), crowded_out_.end(), text,
        [](detail::cached_record const& record, char const* wanted) { return std::less<>{}(record->text, wanted); });
  }

  records records_;
  records crowded_out_;  // sorted by text: no hash table for what is seldom there, for every file would compile it
};

}  // namespace forge_db::sqlite
