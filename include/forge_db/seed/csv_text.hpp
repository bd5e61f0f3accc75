// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace forge_db::seed {

/// Rows of one table as CSV (csv_reader.hpp); the first line names the columns.
struct csv_text {
  std::string name{};  ///< What errors call it, such as its path.
  std::string text{};
  /// Where the text was made from another file, which `name` is then: the line in it of each row. Borrowed.
  std::span<std::uint32_t const> lines{};
};

/// The whole of a file. Throws cannot_open or io_error, naming the path.
[[nodiscard]] inline csv_text csv_file(std::string path) {
  auto const close = [](std::FILE* file) { std::fclose(file); };
  std::unique_ptr<std::FILE, decltype(close)> const file{std::fopen(path.c_str(), "rb"), close};
  if (file == nullptr) throw cannot_open("forge_db: " + path + ": the file cannot be opened", {.engine_code = errno});
  std::string text;
  char buffer[1 << 14];
  while (std::size_t const size = std::fread(buffer, 1, sizeof buffer, file.get())) text.append(buffer, size);
  if (std::ferror(file.get()) != 0)
    throw io_error("forge_db: " + path + ": the file cannot be read", {.engine_code = errno});
  return {std::move(path), std::move(text), {}};
}

}  // namespace forge_db::seed
