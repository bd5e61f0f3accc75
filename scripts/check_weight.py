#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks what the public headers cost every user's every file, by what the compiler says of them.

usage: check_weight.py COMPILER

- none of them reaches a heavy header, through whatever it includes;
- they compile with GNU extensions, where `linux` and `unix` are macros;
- one file can include all of them: no two define one name;
- compilers and standards below the floor are answered by one #error;
- the names of the symbols of a file with queries stay short: columns are tag types, which a name and a member
  pointer as template arguments would make several times as long;
- that file does not compile what a connection does seldom: it opens none.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATHS = [f"-I{ROOT}/include", f"-I{ROOT}/generated"]
# Not sstream: <chrono> of GCC's library brings it along; the hygiene script refuses to include it by name.
HEAVY = {
    *("iostream", "fstream", "iomanip", "regex", "format", "locale"),
    *("boost/hana.hpp", "boost/pfr.hpp", "boost/uuid/random_generator.hpp", "boost/uuid/uuid_generators.hpp"),
    *("boost/uuid/uuid_io.hpp", "fmt/core.h", "fmt/format.h"),
}
# What a program includes by itself: Boost.JSON, fmt, and the file system of the maintenance functions.
OPT_IN = (
    *("forge_db/core/json_value.hpp", "forge_db/text/format.hpp"),
    *("forge_db/maintenance/", "forge_db/cli/"),
)
SYMBOL_LIMIT = 1200

QUERIES = """
#include <library/repositories.hpp>
#include <forge_db/forge_db.hpp>
using namespace library;
void run(forge_db::sqlite::database& db) {
  db.write([](auto& session) {
    BookRepository{session}.insert({.isbn = "1", .title = "a"});
    session.all(forge_db::select<Book>()
                    .where(books::title.contains("a") && books::score.between(1, 2) || books::id == BookId{1})
                    .order_by(books::title.asc(), books::score.desc())
                    .limit(3));
    BookRepository{session}.list({.title = "a"});
  });
}
"""


def run(command: list[str], source: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=source, capture_output=True, text=True, check=False)


def is_heavy(header: Path) -> bool:
    path = header.as_posix()
    return "forge_db" not in path and any(path.endswith(f"/{name}") for name in HEAVY)


def reached(compiler: str, headers: list[str]) -> list[Path]:
    source = "".join(f"#include <{name}>\n" for name in headers)
    done = run([compiler, "-std=c++20", *PATHS, "-x", "c++", "-M", "-"], source)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return [Path(name) for name in done.stdout.replace("\\\n", " ").split()[1:]]


def heavy_headers(compiler: str) -> list[str]:
    headers = [name for name in public_headers() if not name.startswith(OPT_IN)]
    headers += ["library/repositories.hpp", "library/migrations.hpp"]
    return sorted(f"a public header reaches {path}" for path in reached(compiler, headers) if is_heavy(path))


def public_headers() -> list[str]:
    base = ROOT / "include"
    return [path.relative_to(base).as_posix() for path in sorted(base.rglob("*.hpp"))]


def all_at_once(compiler: str) -> list[str]:
    names = [*public_headers(), "library/repositories.hpp", "library/migrations.hpp"]
    source = "".join(f"#include <{name}>\n" for name in names)
    done = run([compiler, "-std=gnu++20", *PATHS, "-x", "c++", "-fsyntax-only", "-"], source)
    return [] if done.returncode == 0 else [f"do not compile in one file, under gnu++20:\n{done.stderr}"]


def floors(compiler: str) -> list[str]:
    version = ["-x", "c++", "-E", "-I", f"{ROOT}/include", "-"]
    cases = [
        (["-std=c++17"], "forge_db: requires C\\+\\+20"),
        (["-std=c++20", "-U__clang__", "-U__GNUC__", "-D__GNUC__=11"], "forge_db: requires GCC 12 or newer"),
        (
            ["-std=c++20", "-D__clang__=1", "-U__clang_major__", "-D__clang_major__=15"],
            "forge_db: requires clang 16 or newer",
        ),
    ]
    problems = []
    for flags, expected in cases:
        done = run([compiler, *flags, *version], "#include <forge_db/core/version.hpp>\n")
        if done.returncode == 0 or not re.search(expected, done.stderr):
            problems.append(f"{' '.join(flags)} is not answered by: {expected}")
    return problems


def symbols(compiler: str) -> list[str]:
    with tempfile.TemporaryDirectory() as scratch:
        made = f"{scratch}/queries.o"
        done = run([compiler, "-std=c++20", "-O0", *PATHS, "-x", "c++", "-c", "-", "-o", made], QUERIES)
        if done.returncode != 0:
            return [done.stderr]
        names = [line.split()[-1] for line in run(["nm", made]).stdout.splitlines()]
    longest = max(names, key=len)
    print(f"longest symbol: {len(longest)} characters")
    problems = [f"a symbol of {len(longest)} characters: {longest}"] if len(longest) > SYMBOL_LIMIT else []
    seldom = sum("live_connection" in name for name in names)
    if seldom:
        problems.append(f"a file that opens no connection has {seldom} symbols of detail/live_connection.hpp")
    return problems


def main() -> int:
    compiler = sys.argv[1]
    problems = [*heavy_headers(compiler), *all_at_once(compiler), *floors(compiler), *symbols(compiler)]
    print("\n".join(problems) or "the public headers are as light as promised")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
