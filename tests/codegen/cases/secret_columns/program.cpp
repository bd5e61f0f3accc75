// SPDX-License-Identifier: MIT
// A secret column is a column like any other, which nothing prints.
#include <shop/people.hpp>

#include <forge_db/text/row_text.hpp>
#include <forge_db/text/to_json.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  shop::Person person{
      .id = 7, .password_hash = "hush", .pin = 4711, .login = shop::Login{.name = "ann", .token = "hush"}};
  std::string const shown = forge_db::row_text(person) + forge_db::rows_table(std::vector{person}).text() +
                            forge_db::to_json(person) + forge_db::to_json(std::vector{person});
  bool const hidden = shown.find("hush") == std::string::npos && shown.find("4711") == std::string::npos;
  bool const json = forge_db::to_json(person) == R"({"id": 7, "login": {"name": "ann"}})";
  bool const text =
      forge_db::row_text(person).find("{id: 7, password_hash: <secret>, pin: <secret>") != std::string::npos;
  if (!hidden || !json || !text) std::printf("%s\n", shown.c_str());
  return hidden && json && text ? 0 : 1;
}
