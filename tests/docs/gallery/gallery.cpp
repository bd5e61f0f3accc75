// SPDX-License-Identifier: MIT
#include "docs/gallery/gallery.hpp"

namespace gallery {

forge_db::sqlite::database filled_library() {
  auto db = forge_db::sqlite::open(":memory:");
  forge_db::migration::runner{db}.upgrade({&library::migrations()});
  db.write([](auto& session) {
    session.connection().execute_script(R"sql(
insert into shelves (id, code, name, parent_id, depth) values
  (1, 'A', 'Atlases', null, 0), (2, 'B', 'Ballads', 1, 1), (3, 'C', 'Comets', 2, 2), (4, 'D', 'Dust', 1, 1);
insert into books (id, isbn, title, shelf_id, tags, score, status, created_at, updated_at) values
  (1, '1', 'Sea and Sky', 1, '["sea","sky"]', 8.5, 'open', '2024-01-31 10:00:00.000000', '2024-01-31 10:00:00.000000'),
  (2, '2', 'The Deep Sea', 1, '["sea"]', 6.0, 'open', '2024-02-01 23:59:59.999999', '2024-02-01 23:59:59.999999'),
  (3, '3', 'Mountains', 2, '[]', null, 'lost', '2024-02-29 00:00:00.000000', '2024-02-29 00:00:00.000000'),
  (4, '4', 'Ärger & 100%', null, '["ärger"]', 2.25, 'returned', '2024-12-30 12:30:00.000000', '2024-12-30 12:30:00.000000'),
  (5, '5', 'Rivers', 2, '["sea","river"]', 6.0, 'open', '2025-01-01 00:00:00.000000', '2025-01-01 00:00:00.000000'),
  (6, '6', 'Stars', 3, '["sky"]', 9.75, 'open', '2025-06-15 06:07:08.000009', '2025-06-15 06:07:08.000009');
insert into authors (id, name, born_on, about) values
  (1, 'Ada Quill', '1950-03-01', '{"prizes": 3, "home": {"town": "Ulm"}}'), (2, 'Bo Reed', null, null),
  (3, 'Cy Stone', '1980-12-31', '{"prizes": 0}');
insert into book_authors (book_id, author_id, position, role) values
  (1, 1, 0, null), (1, 2, 1, 'editor'), (2, 1, 0, null), (5, 3, 0, null);
insert into members (id, email, name, active, joined_on, balance, settings, created_at, updated_at) values
  ('00000000-0000-7000-8000-000000000001', 'm@example.org', 'Mia', 1, '2024-01-01', 1050, '{"theme": "dark"}',
   '2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000'),
  ('00000000-0000-7000-8000-000000000002', 'n@example.org', 'Noa', 0, '2024-05-05', 0, '{}',
   '2024-05-05 00:00:00.000000', '2024-05-05 00:00:00.000000');
insert into loans (id, book_id, member_id, status, lent_at, due_on, returned_at, number) values
  (1, 1, '00000000-0000-7000-8000-000000000001', 'returned', '2024-02-01 09:00:00.000000', '2024-02-15', 1707900000000000, 1),
  (2, 1, '00000000-0000-7000-8000-000000000002', 'open', '2024-03-01 09:00:00.000000', '2024-03-15', null, 2),
  (3, 5, '00000000-0000-7000-8000-000000000001', 'open', '2025-01-02 09:00:00.000000', '2025-01-16', null, 1),
  (4, 3, '00000000-0000-7000-8000-000000000001', 'lost', '2024-04-01 09:00:00.000000', '2024-04-15', null, 1);
)sql");
  });
  return db;
}

}  // namespace gallery
