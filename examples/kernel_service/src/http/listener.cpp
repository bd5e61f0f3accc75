// SPDX-License-Identifier: MIT
#include "listener.hpp"

#include <utility>

namespace kernel::http {

void listener::on_news(std::function<void()> news) {
  std::scoped_lock const lock(mutex_);
  news_ = std::move(news);
}

frame listener::take() {
  std::scoped_lock const lock(mutex_);
  if (waiting_.empty() || state_ == state::abandoned) return nullptr;
  frame next = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_bytes_ -= next->size();
  return next;
}

listener::state listener::current() const {
  std::scoped_lock const lock(mutex_);
  return state_;
}

void listener::push(frame next) {
  std::scoped_lock const lock(mutex_);
  if (state_ != state::open) return;
  if (waiting_.size() == most_waiting_frames || waiting_bytes_ + next->size() > most_waiting_bytes) {
    state_ = state::abandoned;
    waiting_.clear();
  } else {
    waiting_bytes_ += next->size();
    waiting_.push_back(std::move(next));
  }
  if (news_) news_();
}

void listener::become(state next) {
  std::scoped_lock const lock(mutex_);
  if (state_ == state::open) state_ = next;
  if (next == state::abandoned) state_ = next;
  if (news_) news_();
}

}  // namespace kernel::http
