// SPDX-License-Identifier: MIT
#include "refusal.hpp"

#include "errors.hpp"

#include <forge_db/core/error.hpp>
#include <forge_db/text/json_writer.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <utility>

namespace kernel::http {
namespace {

/// What ForgeDB says begins with its name, which means nothing to clients.
std::string plain(forge_db::error const& failure) {
  constexpr std::string_view name = "forge_db: ";
  std::string const text = failure.message();
  return text.starts_with(name) ? text.substr(name.size()) : text;
}

response answer_to(forge_db::error const& failure) {
  switch (failure.code()) {
    case forge_db::error_code::bad_cursor:
      return refused_with(422, "The cursor is not one that this list gave out; start again without one");
    case forge_db::error_code::invalid_value:
      return refused_with(422, plain(failure));
    case forge_db::error_code::stale_row:
      return refused_with(409, "It was changed since it was read; read it again");
    case forge_db::error_code::unique_violation:
      return refused_with(409, "The name is taken");
    case forge_db::error_code::foreign_key_violation:
      return refused_with(400, "It names something that is not there");
    case forge_db::error_code::quota_exceeded:
      return refused_with(429, "The quota is used up");
    case forge_db::error_code::busy:
      return refused_with(503, "The database is busy with other writes; try again");
    default:
      std::fprintf(stderr, "kernel_service: %s\n", failure.what());
      return refused_with(500, "The service failed; its standard error says more");
  }
}

}  // namespace

std::string_view word_of(int status) noexcept {
  switch (status) {
    case 400:
      return "bad_request";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 405:
      return "method_not_allowed";
    case 409:
      return "conflict";
    case 413:
      return "too_large";
    case 415:
      return "unsupported_media_type";
    case 421:
      return "misdirected";
    case 422:
      return "invalid";
    case 429:
      return "quota_exceeded";
    case 431:
      return "header_too_large";
    case 503:
      return "unavailable";
    default:
      return "internal";
  }
}

response refused_with(int status, std::string_view detail) {
  forge_db::json_writer out{0, forge_db::not_utf8::replace};
  out.open_object().member("error", word_of(status)).member("detail", detail).close_object();
  return {.status = status, .body = std::move(out).text()};
}

response answer_to_exception() {
  try {
    throw;
  } catch (refusal const& refused) {
    return refused_with(refused.status(), refused.what());
  } catch (app::refused const& refused) {
    return refused_with(400, refused.what());
  } catch (app::name_taken const& taken) {
    return refused_with(409, taken.what());
  } catch (app::storage_full const& full) {
    return refused_with(429, full.what());
  } catch (forge_db::error const& failure) {
    return answer_to(failure);
  } catch (std::exception const& failure) {
    std::fprintf(stderr, "kernel_service: %s\n", failure.what());
    return refused_with(500, "The service failed; its standard error says more");
  }
}

}  // namespace kernel::http
