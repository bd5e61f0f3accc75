// SPDX-License-Identifier: MIT
#include "optimizations.hpp"

#include <forge_db/query/query.hpp>

namespace promptforge::app {

template <class Session>
std::int64_t optimizations<Session>::clear_all() const requires Session::can_write {
  return session_.execute(forge_db::remove<Optimization>().all_rows());
}

template class optimizations<forge_db::sqlite::read_session>;
template class optimizations<forge_db::sqlite::write_session>;

}  // namespace promptforge::app
