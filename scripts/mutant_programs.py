# SPDX-License-Identifier: MIT
"""The programs that mutations.py takes protections out of: how they are built, and how a test of them runs.

An overlay is a folder with the changed files, each where the tree has it; the compiler looks there first.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import units

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path(os.environ.get("FORGE_DB_MUTATIONS", ROOT / "build/mutations"))
COMPILER = [*(["ccache"] if shutil.which("ccache") else []), os.environ.get("CXX", "g++")]


def sources(folder: str, *left_out: str) -> list[str]:
    """The C++ files of an example, seen from tests/."""
    paths = sorted((ROOT / "examples" / folder).glob("*.cpp"))
    return [f"../examples/{folder}/{path.name}" for path in paths if path.stem not in left_out]


START = (
    "canonical_times",
    "data_rules",
    "kernel_rows",
    "repeated_names",
    "root_names",
    "startup",
    "version_numbers",
)
REPORTS = ("main", "report_text", "report_json")
STARTUP = [f"../examples/promptforge/src/{name}.cpp" for name in START]
KERNEL = sources("kernel_service/src", "main")
JSON = "../cmake/boost_json.cpp"
# What a program of the folder needs beside the files that hold the tests.
BESIDE = {
    "runtime/query": [
        "runtime/query/early_statements_first.cpp",
        "runtime/query/early_statements_second.cpp",
    ],
    "systems": STARTUP,
    "systems/kernel": [*STARTUP, *KERNEL],
    "systems/kernel_http": [*STARTUP, *KERNEL, *sources("kernel_service/src/http"), JSON],
    "systems/promptforge": [*STARTUP, *sources("promptforge/src", *START, *REPORTS), JSON],
}
# What the pytest files of a folder start: where they look for it, and what it is made of.
STARTED = {
    "systems": (
        "PROMPTFORGE_DB",
        [*STARTUP, *(f"../examples/promptforge/src/{name}.cpp" for name in REPORTS)],
    ),
    "service": (
        "KERNEL_SERVICE",
        [
            *(each for each in STARTUP if not each.endswith("/startup.cpp")),
            *KERNEL,
            "../examples/kernel_service/src/main.cpp",
            *sources("kernel_service/src/http"),
            JSON,
        ],
    ),
}
EXAMPLES = ("promptforge/src", "kernel_service/src", "kernel_service/src/http")
# Golden cases that tests of the runtime include.
CASES = (
    "behaviours",
    "full_text",
    "function_columns",
    "guarded_tables",
    "named_queries",
    "pages_and_analytics",
    "relations",
    "relations_of_guarded_tables",
)
PLUGIN = BUILD / "plugin.so"
SWITCH = """\
#pragma once
#include <cstdlib>
#include <type_traits>
namespace forge_mutant {
inline int chosen() {
  static char const* const number = std::getenv("FORGE_MUTANT");
  static int const found = number != nullptr ? std::atoi(number) : 0;
  return found;
}
constexpr bool is(int number) { return !std::is_constant_evaluated() && chosen() == number; }
}  // namespace forge_mutant
"""


def flags(overlay: Path) -> list[str]:
    paths = [
        f"-I{overlay}/include",
        f"-I{overlay}/tests",
        f"-I{overlay}/generated",
        *(f"-I{ROOT}/{name}" for name in ("include", "generated")),
        *(f"-I{ROOT}/tests/codegen/cases/{name}/expected" for name in CASES),
        *(f"-I{root}/examples/{name}" for name in EXAMPLES for root in (overlay, ROOT)),
    ]
    defines = [f'-DFORGE_DB_SOURCE_DIR="{ROOT}"', f'-DFORGE_DB_TEST_PLUGIN="{PLUGIN}"']
    return ["-std=c++20", "-O0", "-w", *paths, f"-I{ROOT}/tests", *defines]


def run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


class NotBuilt(SystemExit):
    """A command of the compiler failed."""


def needs(*command: str) -> None:
    done = run(list(command))
    if done.returncode != 0:
        raise NotBuilt(f"{' '.join(command)}\n{done.stderr[:6000]}")


def write_overlay(overlay: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = overlay / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def compiled(source: str, overlay: Path, *more: str) -> str:
    changed = overlay / "tests" / source
    made = overlay / (source.replace("/", "_") + ".o")
    path = changed if changed.exists() else ROOT / "tests" / source
    needs(*COMPILER, *flags(overlay), *more, "-c", str(path), "-o", str(made))
    return str(made)


def grouped(files: list[str]) -> list[list[str]]:
    """Sources that can be one, as CMake joins them: most of the time goes into the headers."""
    http = [each for each in files if "/http/" in each]
    routes = [each for each in http if each.endswith("_routes.cpp")]
    sockets = [each for each in http if each.endswith(("/connection.cpp", "/server.cpp"))]
    several = [each for each in files if "/early_statements_" in each]
    others = {ROOT / "tests" / each: each for each in files if each not in [*http, *several]}
    groups = [routes, sockets, [each for each in http if each not in [*routes, *sockets]]]
    groups += [[others[path] for path in unit] for unit in units.units_of(list(others), 5000)]
    return [group for group in groups if group] + [[each] for each in several]


def objects_of(files: list[str], name: str, overlay: Path, *more: str) -> list[str]:
    objects = []
    (overlay / "tests").mkdir(parents=True, exist_ok=True)
    for number, group in enumerate(grouped([each for each in files if each != JSON])):
        places = [(overlay / "tests" / each, ROOT / "tests" / each) for each in group]
        chosen = [(changed if changed.exists() else path).resolve() for changed, path in places]
        source = f"{name}_{number}.cpp"
        write_overlay(overlay / "tests", {source: "".join(f'#include "{path}"\n' for path in chosen)})
        objects.append(compiled(source, overlay, *more))
    if any("/http/" in each for each in files):
        write_overlay(overlay / "tests", {f"{name}_page.cpp": page_files()})
        objects.append(compiled(f"{name}_page.cpp", overlay, *more))
    return [*objects, shared("boost_json.o", JSON)] if JSON in files else objects


def page_files() -> str:
    """The page of kernel_service as a part of the program, which CMake makes otherwise."""
    folder = ROOT / "examples/kernel_service"
    text = (folder / "src/http/page_files.cpp.in").read_text(encoding="utf-8")
    for name, file in (("html", "index.html"), ("script", "page.js"), ("style", "page.css")):
        text = text.replace(f"@page_{name}@", (folder / "web" / file).read_text(encoding="utf-8"))
    return text


def shared(name: str, source: str) -> str:
    """An object without mutations."""
    made = BUILD / name
    if not made.exists():
        needs(*COMPILER, *flags(BUILD), "-c", str(ROOT / "tests" / source), "-o", str(made))
    return str(made)


def program(overlay: Path, folder: str, files: list[str], *more: str) -> Path:
    made = overlay / "program"
    objects = objects_of(files, f"{folder}/all", overlay, *more)
    objects += objects_of(BESIDE.get(folder, []), f"{folder}/beside", overlay, *more)
    libraries = ["-lsqlite3", "-lfmt", "-ldl", "-rdynamic", "-pthread"]
    needs(*COMPILER, *objects, shared("main.o", "support/main.cpp"), *libraries, "-o", str(made))
    return made


def started(overlay: Path, folder: str, *more: str) -> Path:
    made = overlay / "started"
    objects = objects_of(STARTED[folder][1], f"{folder}/started", overlay, *more)
    needs(*COMPILER, *objects, "-lsqlite3", "-pthread", "-o", str(made))
    return made


def build_plugin(overlay: Path, *more: str) -> None:
    """The library that tests of runtime/query load."""
    plugin = ["-fPIC", "-shared", "-fvisibility=hidden", "-fvisibility-inlines-hidden"]
    source = f"{ROOT}/tests/plugins/library_plugin.cpp"
    needs(*COMPILER, *flags(overlay), *more, *plugin, source, "-lsqlite3", "-o", str(PLUGIN))


def chosen_pytest(program_path: Path, proof: str, number: int) -> bool:
    where = f"tests/{proof.replace(': ', '::')}"
    chosen = {STARTED[proof.partition("/")[0]][0]: str(program_path), "FORGE_MUTANT": str(number)}
    done = run(
        ["scripts/python.sh", "-m", "pytest", "-q", "-x", where], cwd=ROOT, env={**os.environ, **chosen}
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{where}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.returncode == 0


def chosen_test(program_path: Path, test: str, number: int) -> bool:
    """Whether the test passes."""
    name = re.sub(r'([\\,\[*"])', r"\\\1", test)
    try:
        done = run([str(program_path), name], timeout=120, env={**os.environ, "FORGE_MUTANT": str(number)})
    except subprocess.TimeoutExpired:
        return False
    if "No test cases matched" in done.stdout + done.stderr:
        raise SystemExit(f"{program_path} has no test {test!r}")
    return done.returncode == 0
