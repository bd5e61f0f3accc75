// expect: forge_db: page_after() requires joins that find at most one row each, by its key or unique columns
// SPDX-License-Identifier: MIT
#include <office/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace office;

// Beside the living note of a slug there may be deleted ones.
void page() {
  static_cast<void>(select(files::name)
                        .from<File>()
                        .join<Note>(notes::slug == files::name)
                        .order_by(files::name.asc())
                        .page_after({}, 20));
}
