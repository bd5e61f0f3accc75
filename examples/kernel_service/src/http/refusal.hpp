// SPDX-License-Identifier: MIT
#pragma once

#include "message.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace kernel::http {

/// A request that is not carried out, and the status that says why. In a write session it undoes everything, the count
/// of the call included. what() goes to the client: it names what was asked for and never what belongs to others.
class refusal : public std::runtime_error {
 public:
  refusal(int status, std::string const& detail) : std::runtime_error(detail), status_(status) {}

  [[nodiscard]] int status() const noexcept { return status_; }

 private:
  int status_;
};

/// The one word for a status: the member `error` of every answer that is none, for programs to look at.
std::string_view word_of(int status) noexcept;

/// `{"error": "not_found", "detail": "Folder not found"}`
response refused_with(int status, std::string_view detail);

/// The answer to what a handler threw; call it in a catch block. What is the client's fault is a 4xx in words of ours.
/// Everything else is a 500 that says nothing; its text goes to standard error. Of a database that another process
/// holds too long: 503.
response answer_to_exception();

}  // namespace kernel::http
