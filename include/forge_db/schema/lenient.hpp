// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/storage.hpp>

namespace forge_db {

/// A column that other programs may have written oddly: rows hold it as an optional, which is empty for NULL and for
/// what cannot be read. Written is what Storage writes. (An odd value costs a caught exception, some microseconds.)
template <class T, class Storage>
struct codec<T, storage::lenient<Storage>> {
  /// False, with `out` as it may be, for what cannot be read.
  template <class Row>
  static bool try_read(Row& row, int column, T& out) {
    try {
      codec<T, Storage>::read(row, column, out);
      return true;
    } catch (detail::decode_fault const&) {
      return false;
    }
  }
  template <class Sink, class Value>
  static void write(Sink& sink, int index, Value const& value) {
    codec<T, Storage>::write(sink, index, value);
  }
};

}  // namespace forge_db
