// SPDX-License-Identifier: MIT
#include <desk/draft_revisions.hpp>

#include <forge_db/repository/quota.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace desk;

template <>
struct forge_db::repository_traits<DraftRevision> {
  using quota = quota_columns<column_list<draft_revisions::draft_id_t>, draft_revisions::body_t,
                              draft_revisions::revision_t, quota_period::day, 10>;
};

struct revisions {
  using row_type = DraftRevision;
  sqlite::read_session& session() const;
  forge_db::detail::standing<DraftRevision> standing() const;
};

auto left(quota_functions<revisions> const& of) { return of.quota(DraftId{7}); }
