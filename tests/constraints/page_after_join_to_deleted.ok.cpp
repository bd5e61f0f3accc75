// SPDX-License-Identifier: MIT
#include <office/models.hpp>

#include <forge_db/query/query.hpp>
#include <forge_db/query/select_page.hpp>

using namespace forge_db;
using namespace office;

void page() {
  static_cast<void>(select(files::name)
                        .from<File>()
                        .join<Document>(documents::name == files::name)
                        .order_by(files::name.asc())
                        .page_after({}, 20));
}
