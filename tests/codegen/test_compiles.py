# SPDX-License-Identifier: MIT
"""Generated headers of the golden cases compile without warnings; their defaults are those of the DDL."""

from __future__ import annotations

import atexit
import functools
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from conftest import REPOSITORY

CASES = Path(__file__).parent / "cases"
GENERATING = sorted(path for path in CASES.iterdir() if (path / "expected").is_dir())
RUNNING = sorted(path for path in CASES.iterdir() if (path / "program.cpp").is_file())
COMPILER = shutil.which(os.environ.get("CXX", "g++"))
FLAGS = ["-std=c++20", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]

pytestmark = [
    pytest.mark.compiler,
    pytest.mark.skipif(COMPILER is None, reason="needs a C++ compiler"),
]


@functools.cache
def precompiled() -> list[str]:
    """The headers of other libraries, which all cases need; ours are not among them, so that a generated
    header that forgets one of ours is noticed.
    """
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    pattern = re.compile(r"^#include (<(?:[a-z_]+|sqlite3\.h|boost/(?:hana|pfr)/.*)>)", re.MULTILINE)
    headers = (REPOSITORY / "include").rglob("*.hpp")
    names = {name for header in headers for name in pattern.findall(header.read_text(encoding="utf-8"))}
    header = folder / "others.hpp"
    header.write_text("".join(f"#include {name}\n" for name in sorted(names)), encoding="utf-8")
    subprocess.run([str(COMPILER), *FLAGS, "-x", "c++-header", header, "-o", f"{header}.gch"], check=True)
    return ["-include", str(header)]


def compiled(source: str, case: Path, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    (folder / "case.cpp").write_text(source, encoding="utf-8")
    # The library's own headers are proven elsewhere; only what was generated must be free of warnings here.
    paths = ["-I", str(case / "expected"), "-I", str(case), "-isystem", str(REPOSITORY / "include")]
    command = [str(COMPILER), *FLAGS, *precompiled(), *paths, "case.cpp", *more]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def generated_beside(case: Path, folder: Path) -> list[str]:
    """Where the headers lie of the specs that the case uses and does not generate."""
    beside = case / "beside"
    if not beside.is_dir():
        return []
    schema = shutil.copytree(beside, folder / "schema")
    out = folder / "beside"
    specs = [str(path) for path in sorted(schema.glob("*.yaml"))]
    for command in (["diff", "--schema-dir", str(schema)], ["generate", *specs, "--out", str(out)]):
        subprocess.run([REPOSITORY / "codegen" / "forge", *command], cwd=folder, check=True)
    return ["-isystem", str(out)]


@pytest.mark.parametrize("case", GENERATING, ids=lambda case: case.name)
def test_headers_compile(case: Path, tmp_path: Path) -> None:
    names = sorted(
        path.relative_to(case / "expected").as_posix() for path in (case / "expected").rglob("*.hpp")
    )
    source = "".join(f"#include <{name}>\n" for name in names)
    done = compiled(source, case, tmp_path, "-fsyntax-only", *generated_beside(case, tmp_path))
    assert done.returncode == 0, done.stderr


def test_programs_of_cases(tmp_path: Path) -> None:
    """One executable of all: most of the compile time is what they share. A program that prints nothing and
    ends with 0 is content.
    """
    parts = [
        f'#define main program_of_{case.name}\n#include "{case / "program.cpp"}"\n#undef main\n'
        for case in RUNNING
    ]
    runs = [
        f'  if (std::string{{arguments[1]}} == "{case.name}") return program_of_{case.name}();\n'
        for case in RUNNING
    ]
    source = "".join([*parts, "int main(int, char** arguments) {\n", *runs, "  return 2;\n}\n"])
    paths = [argument for case in RUNNING for argument in ("-I", str(case / "expected"))]
    done = compiled(source, RUNNING[0], tmp_path, *paths, "-o", "case", "-lsqlite3", "-pthread")
    assert done.returncode == 0, done.stderr
    for case in RUNNING:
        ran = subprocess.run([str(tmp_path / "case"), case.name], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout) == (0, ""), (case.name, ran.stderr)


DEFAULTS = r"""
#include <types/migrations.hpp>
#include <types/samples_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <cstdio>

#define SAME(field) \
  if (!(ours.field == theirs.field)) return std::puts("differs: " #field), 1

int main() {
  auto db = forge_db::sqlite::open(":memory:");
  forge_db::migration::runner{db}.upgrade({&every_type::migrations()});
  return db.write([](auto& session) {
    every_type::SampleRepository samples{session};
    every_type::Sample const ours = samples.insert({});
    session.connection().execute_script(
        "insert into samples (id, key36, key32) values "
        "(7, '01234567-89ab-cdef-0123-456789abcdef', '0123456789abcdef0123456789abcdef')");
    every_type::Sample const theirs = samples.get(every_type::SampleId{7});
    SAME(small); SAME(large); SAME(flag); SAME(ratio); SAME(price); SAME(title); SAME(code); SAME(content);
    SAME(data); SAME(words); SAME(loose); SAME(key16); SAME(day); SAME(colour); SAME(other_colour);
    SAME(computed); SAME(per_dialect);
    if (theirs.key36 != theirs.key32) return std::puts("uuids differ between storages"), 1;
    if (ours.per_dialect != 2 || ours.computed != "x") return std::puts("the database's own defaults"), 1;
    // The database's clock and ours, in both storages: within a minute of each other.
    for (auto at : {ours.at, ours.at_us, theirs.at, theirs.at_us}) {
      auto const apart = at.unix_us() - ours.told.unix_us();
      if (apart < -60'000'000 || apart > 60'000'000) return std::puts("clocks differ"), 1;
    }
    return 0;
  });
}
"""


def test_defaults_in_cpp_are_those_of_the_ddl(tmp_path: Path) -> None:
    done = compiled(DEFAULTS, CASES / "every_type", tmp_path, "-o", "case", "-lsqlite3", "-pthread")
    assert done.returncode == 0, done.stderr
    ran = subprocess.run([str(tmp_path / "case")], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr


SEEDS = r"""
#include <shop/migrations.hpp>
#include <shop/seeds.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/session/session.hpp>
#include <forge_db/text/to_json.hpp>

#include <cstdio>

using namespace forge_db;

int main() {
  auto db = sqlite::open(":memory:");
  migration::runner{db}.upgrade({&shop::migrations()});
  return db.write([](auto& session) {
    auto const first = shop::seeds::demo(session);
    std::printf("%s", first.text().c_str());
    std::printf("%s", shop::seeds::more(session).text().c_str());
    std::printf("%s", to_json(session.all(select<shop::Shelf>())).c_str());
    auto sample = session.all(select<shop::Sample>().order_by(shop::samples::key.asc()));
    std::printf("\n%s\n", to_json(sample.at(3)).c_str());
    sample.at(0).at = sample.at(1).at = sample.at(2).at = timestamp{};
    std::printf("%s\n", to_json(sample.at(0)).c_str());
    std::printf("%d", sample.at(1).title == "~");
    std::printf("%d", static_cast<int>(shop::seeds::odd_texts(session).changed()));
    auto const changed = shop::seeds::demo(session).changed() + shop::seeds::more(session).changed() +
                         shop::seeds::odd_texts(session).changed();
    std::printf("%d\n", static_cast<int>(changed));
    auto const all = session.all(select<shop::Sample>().order_by(shop::samples::key.asc()));
    std::printf("%s\n", to_json(all).c_str());
    return 0;
  });
}
"""

SEEDED = """\
shelves: 3 inserted, 0 updated, 0 skipped
samples: 3 inserted, 0 updated, 0 skipped
links: 1 inserted, 0 updated, 0 skipped
shelves: 1 inserted, 0 updated, 0 skipped
samples: 1 inserted, 0 updated, 0 skipped
[{"id": 1, "code": "A", "name": "By the \\"door\\"", "parent_id": null}, \
{"id": 2, "code": "B", "name": "", "parent_id": 1}, \
{"id": 3, "code": "null", "name": "on", "parent_id": null}, \
{"id": 4, "code": "C", "name": "Third, and ??= last", "parent_id": null}]
{"key": "00112233-4455-6677-8899-aabbccddeeff", "small": 7, "flag": false, "ratio": 1000.0, \
"price": "12.50", \
"title": "Two lines,\\nand \\u00e9\\n", "content": "AP8=", "data": {"a": [1, true, null, "2"]}, \
"words": ["one", "two, \\"three\\""], "at": "2024-05-01T12:00:00.000000Z", "day": "2024-02-29", \
"colour": "dark-blue", "shelf_id": 3}
{"key": "00112233-4455-6677-8899-aabbccddeef0", "small": 1, "flag": true, "ratio": null, "price": "0.00", \
"title": null, "content": null, "data": {}, "words": [], "at": "1970-01-01T00:00:00.000000Z", "day": null, \
"colour": "red", "shelf_id": null}
1120
"""

# Those of odd_texts.yaml, in its order.
ODD_TEXTS = [
    "'\"`[]'' \"\" ",
    "'; drop table samples; --",
    r"\ \\ \' \x00 \u0000 \N \0",
    "? ?1 :a @b $c {} %s %_%",
    "\U0010ffff",
    "\ufeff\r\n\t\x011\x7f7\u202e\u2028,",
    "1e999",
    "NULL",
    "",
    '??/ ??= )" R"( */ // \\',
    ',\n","\n',
    " spaces ",
]


def test_seeds_of_every_type_and_again(tmp_path: Path) -> None:
    done = compiled(SEEDS, CASES / "seeds", tmp_path, "-o", "case", "-lsqlite3", "-pthread")
    assert done.returncode == 0, done.stderr
    ran = subprocess.run([str(tmp_path / "case")], capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout[: len(SEEDED)]) == (0, SEEDED), ran.stderr
    odd = json.loads(ran.stdout[len(SEEDED) :])[4:]
    assert [row["title"] for row in odd] == ODD_TEXTS
    assert [row["words"] for row in odd] == [[text] for text in ODD_TEXTS]
    assert [row["data"] for row in odd] == [{"t": text} for text in ODD_TEXTS]


OWN_TYPES = r"""
#include <shop/migrations.hpp>
#include <shop/sales_repository.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/session/session.hpp>

#include <cstdio>

#define SAME(field) \
  if (!(ours.field == theirs.field)) return std::puts("differs: " #field), 1

int main() {
  auto db = forge_db::sqlite::open(":memory:");
  forge_db::migration::runner{db}.upgrade({&shop::migrations()});
  return db.write([](auto& session) {
    shop::SaleRepository sales{session};
    shop::Sale const ours = sales.insert({});
    session.connection().execute_script("insert into sales (id, kind) values (7, 1)");
    shop::Sale const theirs = sales.get(shop::SaleId{7});
    SAME(price); SAME(note); SAME(paid); SAME(active); SAME(state); SAME(kind); SAME(rate); SAME(exact);
    SAME(born); SAME(day); SAME(plain_day); SAME(odd); SAME(at_s); SAME(at_iso); SAME(unix_us); SAME(unix_ms);
    SAME(unix_s); SAME(unix_r); SAME(julian); SAME(key36); SAME(key32); SAME(key16); SAME(raw); SAME(loose);
    for (auto at : {ours.now_ms, ours.now_s, ours.now_r, ours.now_j, ours.now_iso, ours.now_ts,
                    theirs.now_ms, theirs.now_s, theirs.now_r, theirs.now_j, theirs.now_iso, theirs.now_ts}) {
      auto const apart = at.unix_us() - ours.now_ms.unix_us();
      if (apart < -60'000'000 || apart > 60'000'000) return std::puts("clocks differ"), 1;
    }
    // What is stored is the same, too: other programs compare it.
    auto& connection = session.connection();
    auto distinct = connection.prepare_once(
        "select count(distinct price), count(distinct paid), count(distinct rate), count(distinct exact),"
        " count(distinct born), count(distinct day), count(distinct odd), count(distinct at_s),"
        " count(distinct at_iso), count(distinct unix_ms), count(distinct unix_s), count(distinct unix_r),"
        " count(distinct julian), count(distinct key16), count(distinct key32), count(distinct raw)"
        " from sales");
    distinct.step();
    for (int i = 0; i < distinct.column_count(); ++i) {
      if (distinct.int64(i) != 1) return std::printf("stored differently: column %d", i), 1;
    }
    // Filters, sorts and patches by a type of one's own; a row that cannot be read whole.
    sales.insert({.price = shop_types::money{9}, .note = shop_types::label{"Ninth"}});
    if (sales.count({.price = shop_types::money{9}}) != 1) return std::puts("filter equals"), 1;
    if (sales.count({.price_range = {.from = shop_types::money{6}, .to = {}}}) != 1) {
      return std::puts("filter range"), 1;
    }
    if (sales.count({.price_in = std::vector{shop_types::money{5}, shop_types::money{9}}}) != 3) {
      return std::puts("filter in"), 1;
    }
    if (sales.count({.note = "nint"}) != 1) return std::puts("filter contains"), 1;
    shop::SalePatch patch;
    patch.price = shop_types::money{10};
    if (!sales.update(shop::SaleId{7}, patch)) return std::puts("update"), 1;
    auto const page = sales.list({}, shop::SaleSort::price, forge_db::direction::descending);
    if (page.rows.at(0).price.cents != 10) return std::puts("sort"), 1;
    session.connection().execute_script("update sales set odd = 'soon', loose = 'x' where id = 7");
    shop::Sale const odd = sales.get(shop::SaleId{7});
    if (odd.odd.has_value() || odd.loose.has_value()) return std::puts("lenient"), 1;
    return 0;
  });
}
"""


def test_types_of_ones_own_and_foreign_storages(tmp_path: Path) -> None:
    done = compiled(OWN_TYPES, CASES / "own_types", tmp_path, "-o", "case", "-lsqlite3", "-pthread")
    assert done.returncode == 0, done.stderr
    ran = subprocess.run([str(tmp_path / "case")], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr


def test_computed_columns_indexes_and_table_options(tmp_path: Path) -> None:
    """programs/columns.cpp: what the two cases declare, from their migrations to reads and query plans."""
    source = (Path(__file__).parent / "programs" / "columns.cpp").read_text(encoding="utf-8")
    more = ("-I", str(CASES / "table_options" / "expected"), "-o", "case", "-lsqlite3", "-pthread")
    done = compiled(source, CASES / "generated_columns", tmp_path, *more)
    assert done.returncode == 0, done.stderr
    ran = subprocess.run([str(tmp_path / "case")], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
