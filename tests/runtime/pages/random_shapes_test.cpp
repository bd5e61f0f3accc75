// SPDX-License-Identifier: MIT
// Random filters, orders, cursors and patches: there is one text for each shape, and no other.
#include "runtime/pages/random_shapes.hpp"
#include "support/catch.hpp"
#include "support/full_counts.hpp"

#include <forge_db/query/query.hpp>

#include <map>
#include <set>
#include <typeinfo>
#include <utility>

using namespace forge_db;
using namespace workshop;
using tests::random_shapes;

namespace {

/// The shapes that were asked for, and the text of each.
class shapes_seen {
 public:
  template <class S>
  void add(S const& statement) {
    shape_mask const mask = statement.mask();
    for (auto const& [known, text] : of_kind_[typeid(S).name()]) {
      if (known == mask) return;
    }
    of_kind_[typeid(S).name()].emplace_back(mask, S::join(dialect::sqlite, mask));
  }

  std::size_t size() const {
    std::size_t count = 0;
    for (auto const& [kind, shapes] : of_kind_) count += shapes.size();
    return count;
  }
  /// Whether shapes of one kind of statement have different texts. A list by one column and one by several, which
  /// happens to be one, are of two kinds.
  bool all_differ() const {
    for (auto const& [kind, shapes] : of_kind_) {
      std::set<std::string> texts;
      for (auto const& [mask, text] : shapes) texts.insert(text);
      if (texts.size() != shapes.size()) return false;
    }
    return true;
  }
  std::set<std::string> texts() const {
    std::set<std::string> all;
    for (auto const& [kind, shapes] : of_kind_) {
      for (auto const& [mask, text] : shapes) all.insert(text);
    }
    return all;
  }

 private:
  std::map<std::string, std::vector<std::pair<shape_mask, std::string>>> of_kind_{};
};

int rounds() { return tests::is_full() ? 10'000 : 1'500; }

namespace d = forge_db::detail;

/// Runs what the round asks for, and notes the shapes of its statements.
template <class Session>
void run_one(Session& session, random_shapes& random, shapes_seen& seen) {
  RunRepository runs{session};
  RunFilter const filter = random.filter();
  auto const order = random.order();
  auto const marks = d::mark_order<Run>(order);
  switch (random.below(4)) {
    case 0: {
      auto const sort = static_cast<RunSort>(random.below(10));
      auto const way = random.below(2) == 0 ? direction::ascending : direction::descending;
      static_cast<void>(runs.list(filter, sort, way, {.per_page = 3}));
      seen.add(d::list_statement<Run>{{}, filter, static_cast<std::size_t>(sort), way, {3, 0}});
      seen.add(d::count_statement<Run>{{}, filter});
      break;
    }
    case 1: {
      static_cast<void>(runs.list_ordered(filter, order, {.per_page = 3}));
      seen.add(d::ordered_list_statement<Run>{{}, {filter, {}, marks}, {3, 0}});
      seen.add(d::count_statement<Run>{{}, filter});
      break;
    }
    case 2: {
      bool const back = random.below(2) == 0;
      auto const some = runs.page_after({}, order, {}, 1 + static_cast<std::size_t>(random.below(15)));
      auto const cursor = random.below(2) == 0 ? some.end : some.start;
      auto const page = back ? runs.page_before(filter, order, cursor, 2) : runs.page_after(filter, order, cursor, 2);
      RunFilter const none;
      seen.add(d::key_page_statement<Run>{{}, {none, {}, marks}, 1});
      seen.add(d::key_page_statement<Run>{{}, {filter, {}, marks, d::cursor_access::place(cursor), back}, 3});
      auto const* near = d::cursor_access::place(back ? page.end : page.start);
      seen.add(d::key_page_statement<Run>{{}, {filter, {}, marks, near, !back}, 1});
      break;
    }
    default: {
      RunPatch patch = random.patch();
      patch.cost = decimal<10, 2>();  // never empty
      runs.update(RunId{1}, patch);
      seen.add(update<Run>().set(patch).where(d::key_equals<Run>(RunId{1})));
      seen.add(d::analytics_statement<RunByState>{filter, {}});
      static_cast<void>(runs.by_state(filter));
    }
  }
}

}  // namespace

TEST_CASE("random filters, orders, cursors and patches make as many texts as there are shapes, and no other") {
  auto db = tests::workshop_database(20);
  shapes_seen seen;
  std::set<std::string> traced;
  db.write([&](auto& session) {
    session.connection().set_trace([&](std::string_view text) {
      if (!text.starts_with("--")) traced.emplace(text);  // not what SQLite's own tables run
    });
    random_shapes random(7);
    for (int round = rounds(); round > 0; --round) run_one(session, random, seen);
    session.connection().set_trace({});
  });
  CHECK(seen.size() > static_cast<std::size_t>(rounds()) / 2);
  CHECK(seen.all_differ());
  CHECK(traced == seen.texts());
}
