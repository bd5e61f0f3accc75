# SPDX-License-Identifier: MIT
"""Writes the inputs of the compile cost: a spec of N tables, and the same CRUD on ForgeDB and on the C API.

Each table has twelve columns. The program inserts a row, gets one by its key, and lists a filtered, sorted
page with its total; on the C API as a careful person writes it: rows as structs, statements prepared once,
conditions joined from the filter's set fields.
"""

COLUMNS = (
    # name, spec type, C++ type, nullable
    ("id", "int64", "std::int64_t", False),
    ("name", "text", "std::string", False),
    ("category", "int64", "std::int64_t", False),
    ("price", "float64", "double", False),
    ("quantity", "int64", "std::int64_t", False),
    ("active", "bool", "bool", False),
    ("description", "text", "std::string", True),
    ("weight", "float64", "double", True),
    ("supplier", "text", "std::string", False),
    ("rating", "int64", "std::int64_t", False),
    ("stock", "int64", "std::int64_t", False),
    ("updated_us", "int64", "std::int64_t", False),
)
NAMES = [name for name, *_ in COLUMNS]


def table(number: int) -> str:
    return f"table{number:02}"


def struct(number: int) -> str:
    return f"Row{number:02}"


def spec(tables: int) -> str:
    text = "schema: cost\nnamespace: cost\ndialects: [sqlite]\ntables:\n"
    for number in range(tables):
        text += f"  {table(number)}:\n    struct: {struct(number)}\n    columns:\n"
        for name, kind, _, nullable in COLUMNS:
            extra = ", primary_key: true" if name == "id" else ", nullable: true" if nullable else ""
            text += f"      {name}: {{type: {kind}{extra}}}\n"
        text += (
            "    repository:\n      filters: [category, {price: range}, {name: contains}]\n"
            "      sort: [price, name]\n      default_sort: price desc\n      page: {default: 20, max: 100}\n"
        )
    return text


def forge_db_program(tables: int) -> str:
    text = "// SPDX-License-Identifier: MIT\n"
    text += "".join(f"#include <cost/{table(n)}_repository.hpp>\n" for n in range(tables))
    text += "\n#include <forge_db/forge_db.hpp>\n"
    for n in range(tables):
        row, repository = struct(n), f"cost::{struct(n)}Repository"
        text += f"""
cost::{row} insert_{n:02}(forge_db::sqlite::write_session& session, cost::New{row} const& row) {{
  return {repository}{{session}}.insert(row);
}}

std::optional<cost::{row}> get_{n:02}(forge_db::sqlite::read_session& session, std::int64_t id) {{
  return {repository}{{session}}.find(id);
}}

forge_db::page<cost::{row}> list_{n:02}(forge_db::sqlite::read_session& session,
                                   cost::{row}Filter const& filter,
                                   cost::{row}Sort sort, forge_db::direction direction, std::size_t page) {{
  return {repository}{{session}}.list(filter, sort, direction, {{.page = page, .per_page = 20}});
}}
"""
    return text


C_API_HEAD = """// SPDX-License-Identifier: MIT
#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

enum class direction { ascending, descending };

// Prepared statements of one connection, by their text.
class connection {
 public:
  explicit connection(sqlite3* db) : db_(db) {}
  sqlite3_stmt* prepare(std::string const& sql) {
    sqlite3_stmt*& statement = statements_[sql];
    if (statement == nullptr)
      check(sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    return statement;
  }
  void check(int result) {
    if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE)
      throw std::runtime_error(sqlite3_errmsg(db_));
  }
  int step(sqlite3_stmt* s) {
    int const result = sqlite3_step(s);
    check(result);
    return result;
  }

 private:
  sqlite3* db_;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

struct reset_on_exit {
  sqlite3_stmt* statement;
  ~reset_on_exit() { sqlite3_reset(statement); }
};

static std::string text(sqlite3_stmt* s, int column) {
  return {reinterpret_cast<char const*>(sqlite3_column_text(s, column)),
          static_cast<std::size_t>(sqlite3_column_bytes(s, column))};
}

static void bind_text(sqlite3_stmt* s, int index, std::string const& value) {
  sqlite3_bind_text64(s, index, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
}
"""


def read_lines() -> str:
    lines = []
    for i, (name, kind, _, nullable) in enumerate(COLUMNS):
        value = {
            "int64": f"sqlite3_column_int64(s, {i})",
            "float64": f"sqlite3_column_double(s, {i})",
            "bool": f"sqlite3_column_int(s, {i}) != 0",
            "text": f"text(s, {i})",
        }[kind]
        guard = f"if (sqlite3_column_type(s, {i}) != SQLITE_NULL) " if nullable else ""
        lines.append(f"  {guard}row.{name} = {value};\n")
    return "".join(lines)


def bind_lines() -> str:
    lines = []
    for i, (name, kind, _, nullable) in enumerate(COLUMNS, start=1):
        value = f"*row.{name}" if nullable or name == "id" else f"row.{name}"
        bind = {
            "int64": f"sqlite3_bind_int64(s, {i}, {value});",
            "float64": f"sqlite3_bind_double(s, {i}, {value});",
            "bool": f"sqlite3_bind_int(s, {i}, {value} ? 1 : 0);",
            "text": f"bind_text(s, {i}, {value});",
        }[kind]
        if nullable or name == "id":
            lines.append(f"  if (row.{name}) {bind} else sqlite3_bind_null(s, {i});\n")
        else:
            lines.append(f"  {bind}\n")
    return "".join(lines)


def fields(optional_id: bool) -> str:
    return "".join(
        f"  std::optional<{cpp}> {name};\n"
        if nullable or (optional_id and name == "id")
        else f"  {cpp} {name}{{}};\n"
        for name, _, cpp, nullable in COLUMNS
    )


def c_api_program(tables: int) -> str:
    text = C_API_HEAD
    columns = ", ".join(f'\\"{name}\\"' for name in NAMES)
    marks = ", ".join("?" for _ in NAMES)
    for n in range(tables):
        row, quoted = struct(n), f'\\"{table(n)}\\"'
        text += f"""
struct {row} {{
{fields(False)}}};

struct New{row} {{
{fields(True)}}};

struct {row}Filter {{
  std::optional<std::int64_t> category;
  std::optional<double> price_from;
  std::optional<double> price_to;
  std::optional<std::string> name;
}};

enum class {row}Sort {{ price, name }};

struct {row}Page {{
  std::vector<{row}> rows;
  std::int64_t total{{}};
}};

static void read(sqlite3_stmt* s, {row}& row) {{
{read_lines()}}}

static void bind(sqlite3_stmt* s, New{row} const& row) {{
{bind_lines()}}}

{row} insert_{n:02}(connection& c, New{row} const& row) {{
  sqlite3_stmt* s = c.prepare("insert into {quoted} ({columns}) values ({marks}) returning {columns}");
  reset_on_exit const reset{{s}};
  bind(s, row);
  {row} result;
  if (c.step(s) != SQLITE_ROW) throw std::runtime_error("insert returned no row");
  read(s, result);
  c.step(s);
  return result;
}}

std::optional<{row}> get_{n:02}(connection& c, std::int64_t id) {{
  sqlite3_stmt* s = c.prepare("select {columns} from {quoted} where \\"id\\" = ?");
  reset_on_exit const reset{{s}};
  sqlite3_bind_int64(s, 1, id);
  std::optional<{row}> result;
  if (c.step(s) == SQLITE_ROW) read(s, result.emplace());
  return result;
}}

static std::string condition({row}Filter const& filter) {{
  std::string sql;
  auto add = [&](char const* term) {{ sql += sql.empty() ? " where " : " and "; sql += term; }};
  if (filter.category) add("\\"category\\" = ?");
  if (filter.price_from) add("\\"price\\" >= ?");
  if (filter.price_to) add("\\"price\\" <= ?");
  if (filter.name) add("instr(lower(\\"name\\"), lower(?)) > 0");
  return sql;
}}

static int bind(sqlite3_stmt* s, {row}Filter const& filter) {{
  int index = 1;
  if (filter.category) sqlite3_bind_int64(s, index++, *filter.category);
  if (filter.price_from) sqlite3_bind_double(s, index++, *filter.price_from);
  if (filter.price_to) sqlite3_bind_double(s, index++, *filter.price_to);
  if (filter.name) bind_text(s, index++, *filter.name);
  return index;
}}

{row}Page list_{n:02}(connection& c, {row}Filter const& filter, {row}Sort sort, direction order,
                       std::int64_t page) {{
  {row}Page result;
  std::string const where = condition(filter);
  {{
    sqlite3_stmt* s = c.prepare("select count(*) from {quoted}" + where);
    reset_on_exit const reset{{s}};
    bind(s, filter);
    c.step(s);
    result.total = sqlite3_column_int64(s, 0);
  }}
  std::string sql = "select {columns} from {quoted}" + where + " order by ";
  sql += sort == {row}Sort::price ? "\\"price\\"" : "\\"name\\"";
  sql += order == direction::descending ? " desc, \\"id\\" desc" : " asc, \\"id\\" asc";
  sqlite3_stmt* s = c.prepare(sql + " limit ? offset ?");
  reset_on_exit const reset{{s}};
  int const index = bind(s, filter);
  sqlite3_bind_int64(s, index, 20);
  sqlite3_bind_int64(s, index + 1, (page - 1) * 20);
  while (c.step(s) == SQLITE_ROW) read(s, result.rows.emplace_back());
  return result;
}}
"""
    return text
