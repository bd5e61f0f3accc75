#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what ForgeDB costs to compile, against the same work hand-written on the SQLite C API.

1. Twenty tables of twelve columns with insert, get and list each: at most --bound times the C API's file.
2. A file that names one table: in a schema of fifty against a schema of one.

Each figure is the median of interleaved runs of the compiler's own processor time. Exits 1 if a bound is
missed.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import sources

ROOT = Path(__file__).resolve().parent.parent.parent


def generate(folder: Path, tables: int) -> Path:
    """Generated headers of a schema of so many tables; the include folder."""
    spec = folder / f"{tables}" / "schema" / "cost.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(sources.spec(tables), encoding="utf-8")
    forge = ROOT / "codegen" / "forge"
    out = folder / f"{tables}" / "generated"
    subprocess.run([forge, "diff", spec], check=True, capture_output=True)
    subprocess.run([forge, "generate", spec, "--out", out], check=True, capture_output=True)
    return out


def seconds(compiler: str, flags: list[str], source: Path) -> float:
    """Processor time of one compilation."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        compiler,
        "-std=c++20",
        *flags,
        f"-I{ROOT / 'include'}",
        "-c",
        str(source),
        "-o",
        str(source) + ".o",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"compile_cost: {source.name} does not compile:\n{done.stderr[:2000]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def medians(compiler: str, candidates: dict[str, tuple[list[str], Path]], runs: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(runs):
        for name, (flags, source) in candidates.items():
            times[name].append(seconds(compiler, flags, source))
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bound", type=float, default=2.5)
    parser.add_argument("--one-table-bound", type=float, default=1.1)
    arguments = parser.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        include = {tables: generate(folder, tables) for tables in (1, 20, 50)}

        def source(name: str, text: str) -> Path:
            path = folder / name
            path.write_text(text, encoding="utf-8")
            return path

        forge = source("forge_db.cpp", sources.forge_db_program(20))
        c_api = source("c_api.cpp", sources.c_api_program(20))
        one = source("one.cpp", sources.forge_db_program(1))
        of_fifty = source("of_fifty.cpp", sources.forge_db_program(1))
        print(f"{'what':<34}{'seconds':>9}{'object kB':>11}{'ratio':>8}")
        for level in ("-O0", "-O2"):
            cost = medians(
                arguments.compiler,
                {
                    "c_api": ([level], c_api),
                    "forge_db": ([level, f"-I{include[20]}"], forge),
                    "one": ([level, f"-I{include[1]}"], one),
                    "of_fifty": ([level, f"-I{include[50]}"], of_fifty),
                },
                arguments.runs,
            )
            for name, title, path, base, bound in (
                ("c_api", "20 tables on the C API", c_api, "c_api", None),
                ("forge_db", "20 tables on ForgeDB", forge, "c_api", arguments.bound),
                ("one", "1 table, schema of 1", one, "one", None),
                ("of_fifty", "1 table, schema of 50", of_fifty, "one", arguments.one_table_bound),
            ):
                ratio = cost[name] / cost[base]
                size = Path(f"{path}.o").stat().st_size // 1024
                print(f"{title + ' ' + level:<34}{cost[name]:>9.2f}{size:>11}{ratio:>8.2f}", flush=True)
                if bound is not None and ratio > bound:
                    missed.append(f"{title} {level}: {ratio:.2f}, the bound is {bound}")
    print("\n".join(["missed: " + line for line in missed] or ["every bound holds"]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
