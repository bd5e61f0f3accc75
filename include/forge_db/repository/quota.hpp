// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/repository/detail/quota_period.hpp>
#include <forge_db/repository/detail/quota_statements.hpp>
#include <forge_db/repository/detail/tenant_values.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace forge_db {

/// The limit of a quota whose spec names none: everything is granted, and counted.
inline constexpr std::int64_t no_quota_limit = std::numeric_limits<std::int64_t>::max();

/// Which columns of a table count what is used, as repository_traits<Row>::quota: `quota:` of the spec. A counter is
/// found by Key and Period, which are unique together.
template <class Key, class Period, class Count, quota_period Every, std::int64_t Limit>
struct quota_columns {
  using key = Key;
  using period = Period;
  using count = Count;
  static constexpr quota_period every = Every;
  static constexpr std::int64_t limit = Limit;
};

/// What of a quota is used in a period.
struct quota_usage {
  std::string period{};
  std::int64_t used = 0;
  std::int64_t limit = 0;

  /// What is left; 0 where more is used than the limit allows, as when it was lowered.
  [[nodiscard]] std::int64_t remaining() const noexcept { return used >= limit ? 0 : limit - used; }
};

/// A quota that does not have as much left as was asked for. Nothing was counted.
class quota_exceeded : public detail::error_of<error_code::quota_exceeded> {
 public:
  quota_exceeded(quota_usage usage, error_context context)
      : error_of(
            "forge_db: consume() requires the quota to have as much left; wait for the next period, or raise the "
            "limit",
            std::move(context)),
        usage_(std::move(usage)) {}

  [[nodiscard]] quota_usage const& usage() const noexcept { return usage_; }

 private:
  quota_usage usage_;
};

/// One counter and its limit: `usage.quota("app", "api_calls").consume()`.
///
/// consume() compares and adds in one statement, so that the sum of what was granted never passes the limit, however
/// many threads and processes ask. A period begins at 0 by itself; the rows of old ones stay until forget_before(). All
/// throw what the session throws. It refers to the session and must not outlive it.
template <class Row, class Session>
class quota_counter {
  using parts = detail::quota_parts<Row>;
  using count_type = typename parts::count::value_type;
  using row = detail::quota_row<Row>;

 public:
  quota_counter(Session& session, typename parts::key_values key) : session_(session), key_(std::move(key)) {}

  /// The same counter with another limit than the spec's, such as that of a customer. Throws invalid_value below 0.
  [[nodiscard]] quota_counter limited_to(std::int64_t limit) const {
    if (limit < 0) throw invalid_value("forge_db: limited_to() requires a limit of 0 or more; 0 grants nothing");
    quota_counter other = *this;
    other.limit_ = limit;
    return other;
  }

  /// Counts `amount`, unless that passes the limit: then it throws quota_exceeded and changes nothing. Throws
  /// invalid_value for an amount below 1.
  quota_usage consume(std::int64_t amount = 1, timestamp at = timestamp::now()) const {
    if (std::optional<quota_usage> granted = try_consume(amount, at)) return *std::move(granted);
    error_context context;
    context.table = table<Row>::name;
    throw quota_exceeded(usage(at), std::move(context));
  }

  /// As consume(), but answers nothing where that throws quota_exceeded.
  std::optional<quota_usage> try_consume(std::int64_t amount = 1, timestamp at = timestamp::now()) const {
    require_amount(amount);
    quota_usage granted{detail::period_text(parts::columns::every, at), 0, limit_};
    // What the column cannot hold is beyond every limit.
    std::int64_t const bound = std::min<std::int64_t>(limit_, std::numeric_limits<count_type>::max());
    if (amount > bound) return std::nullopt;
    auto const used = session_.first(detail::consume_quota<Row>{{}, row{key_, granted.period}, amount, bound});
    if (!used) return std::nullopt;
    granted.used = *used;
    return granted;
  }

  /// Takes back what was consumed in the period of `at`, down to 0, as when the work that it was for failed.
  quota_usage give_back(std::int64_t amount = 1, timestamp at = timestamp::now()) const {
    require_amount(amount);
    quota_usage left{detail::period_text(parts::columns::every, at), 0, limit_};
    left.used = session_.first(detail::give_back_quota<Row>{{}, row{key_, left.period}, amount}).value_or(0);
    return left;
  }

  /// What is used in the period of `at`.
  [[nodiscard]] quota_usage usage(timestamp at = timestamp::now()) const {
    quota_usage found{detail::period_text(parts::columns::every, at), 0, limit_};
    found.used = session_.first(detail::read_quota<Row>{{}, row{key_, found.period}}).value_or(0);
    return found;
  }

 private:
  static void require_amount(std::int64_t amount) {
    if (amount < 1) throw invalid_value("forge_db: a quota requires an amount of 1 or more; give_back() subtracts");
  }

  Session& session_;
  typename parts::key_values key_;
  std::int64_t limit_ = parts::columns::limit;
};

/// A repository of counters: `quota:` of the spec.
template <class Base>
class quota_functions : public Base {
  using row = typename Base::row_type;
  using parts = detail::quota_parts<row>;

 public:
  using Base::Base;

  /// The counter that the values name: one for each column of `key:`, in the spec's order. Its limit is the spec's.
  /// The tenant of a table with a scope is the repository's, and is not named. Throws invalid_value for an integer out
  /// of its column's range.
  template <class... Key>
  [[nodiscard]] auto quota(Key&&... key) const {
    using columns = typename parts::key;
    using named = detail::without_tenant<columns>;
    constexpr bool are_all = sizeof...(Key) == named::size;
    constexpr bool are_typed = detail::fit_columns<Key...>(named{});
    static_assert(are_all,
                  "forge_db: quota() requires a value for each column of the quota's key, in the spec's order, and no "
                  "more; give those");
    static_assert(are_typed,
                  "forge_db: quota() requires values of the types of the key's columns, in the spec's order; make an "
                  "id of a number, as in MemberId{7}, or convert the value");
    if constexpr (are_all && are_typed) {
      return quota_counter<row, std::remove_reference_t<decltype(this->session())>>(
          this->session(), detail::key_with_tenant<row, columns>(this->standing(), std::forward<Key>(key)...));
    }
  }

  /// The period of a moment as the rows have it: what lists of a period's counters are filtered by.
  [[nodiscard]] static std::string period(timestamp at = timestamp::now()) {
    return detail::period_text(parts::columns::every, at);
  }

  /// Removes the counters of the periods before that of `moment`, and says how many.
  std::int64_t forget_before(timestamp moment) const {
    std::string const before = period(moment);
    return this->session().execute(detail::forget_quota<row>{before, this->standing()});
  }
};

}  // namespace forge_db
