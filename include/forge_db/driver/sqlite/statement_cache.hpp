// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/detail/statement_record.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace forge_db::sqlite {

/// The prepared statements of one connection whose texts are constants, by slot number. An entry counts only if it was
/// made from the very text that is asked for: slots of a plugin have numbers of their own. Belongs to its connection's
/// thread.
class statement_cache {
 public:
  /// The record, free or in use; null when there is none for this text.
  detail::statement_record* find(std::size_t slot, char const* text) const noexcept {
    if (slot >= records_.size()) [[unlikely]]
      return nullptr;
    auto* const record = records_[slot].get();
    return record != nullptr && record->text == text ? record : nullptr;
  }

  /// Takes the record in; one with another text gives way.
  /// Strong guarantee: when memory runs out, nothing changes but `record` is gone.
  detail::statement_record* insert(std::size_t slot, detail::cached_record record) {
    if (slot >= records_.size()) records_.resize(slot + slot / 2 + 8);
    record->set_owned(true);
    records_[slot] = std::move(record);
    return records_[slot].get();
  }

  /// Finalises every statement that is not in use.
  void clear() noexcept { records_.clear(); }

 private:
  std::vector<detail::cached_record> records_;
};

}  // namespace forge_db::sqlite
