// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <iterator>
#include <utility>

namespace forge_db {

namespace detail {

/// A query and its running statement. It stays where it is made: bound values may lie in the query itself.
template <class Query, class Connection>
class running_query {
 public:
  running_query(Connection& connection, Query query)
      : query_(std::move(query)), statement_(connection.prepare(query_)) {
    query_.bind(statement_);
  }
  running_query(running_query const&) = delete;
  running_query& operator=(running_query const&) = delete;

  /// Goes to the next row; false at the end, and from then on: the engine would start from the first row again.
  bool step() {
    if (ended_) return false;
    ended_ = true;  // also when step() throws
    ended_ = !statement_.step();
    return !ended_;
  }
  bool ended() const noexcept { return ended_; }
  auto& statement() noexcept { return statement_; }

 private:
  Query query_;
  typename Connection::statement_type statement_;
  bool ended_ = false;
};

/// The iterator of both streams: single pass, and its range does the work.
template <class Stream, class Value>
class stream_iterator {
 public:
  using iterator_concept = std::input_iterator_tag;
  using value_type = Value;
  using difference_type = std::ptrdiff_t;

  explicit stream_iterator(Stream& stream) noexcept : stream_(&stream) {}
  Value const& operator*() const noexcept { return stream_->current(); }
  Value const* operator->() const noexcept { return &stream_->current(); }
  stream_iterator& operator++() {
    stream_->next();
    return *this;
  }
  void operator++(int) { stream_->next(); }
  friend bool operator==(stream_iterator const& at, std::default_sentinel_t) noexcept { return at.ended(); }

 private:
  bool ended() const noexcept { return stream_->done(); }

  Stream* stream_;
};

}  // namespace detail

/// The rows of a query, one at a time in one reused struct; see session.stream(). A single-pass range: begin() goes to
/// the first row and may be called once. Past the end it stays at the end. Each step may throw what the driver throws,
/// and decode_error.
template <class Query, class Connection>
class row_stream {
 public:
  using value_type = typename Query::row_type;

  row_stream(Connection& connection, Query query) : running_(connection, std::move(query)) {}

  auto begin() {
    next();
    return detail::stream_iterator<row_stream, value_type>(*this);
  }
  std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend detail::stream_iterator<row_stream, value_type>;

  void next() {
    if (running_.step()) Query::decode(running_.statement(), row_);
  }
  bool done() const noexcept { return running_.ended(); }
  value_type const& current() const noexcept { return row_; }

  detail::running_query<Query, Connection> running_;
  value_type row_{};
};

/// The rows of a query as views into the engine's row; see session.views(). A single-pass range like row_stream.
template <class Query, class Connection>
class view_stream {
 public:
  using value_type = typename Query::template view_type<typename Connection::statement_type>;

  view_stream(Connection& connection, Query query)
      : running_(connection, std::move(query)), view_(running_.statement()) {}

  auto begin() {
    next();
    return detail::stream_iterator<view_stream, value_type>(*this);
  }
  std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend detail::stream_iterator<view_stream, value_type>;

  void next() { running_.step(); }
  bool done() const noexcept { return running_.ended(); }
  value_type const& current() const noexcept { return view_; }

  detail::running_query<Query, Connection> running_;
  value_type view_;
};

}  // namespace forge_db
