#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the instructions of every scenario and competitor under callgrind and prints them as ratios.

usage: instructions.py BENCH_PROGRAM [--bound RATIO] [SCENARIO...]

Counts are the same from run to run, so that a bound can be held: exits 1 if ForgeDB takes more than RATIO
times the instructions of the C API. Where there is a `c_api_span`, ForgeDB is held against it, because it
does the same work.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MEASURED = "bench_measured"


def scenarios(bench: Path) -> dict[str, dict[str, int]]:
    """Scenario -> competitor -> operations a round."""
    found: dict[str, dict[str, int]] = {}
    output = subprocess.run([bench, "list"], capture_output=True, text=True, check=True).stdout
    for line in output.splitlines():
        scenario, competitor, operations = line.split("\t")
        found.setdefault(scenario, {})[competitor] = int(operations)
    return found


def instructions(bench: Path, scenario: str, competitor: str) -> int:
    """Instructions of the measured round alone."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            *("valgrind", "--tool=callgrind", f"--toggle-collect={MEASURED}"),
            f"--callgrind-out-file={scratch}/out",
            *(str(bench), "once", scenario, competitor),
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    collected = re.search(r"Collected : (\d+)", result.stderr)
    if result.returncode != 0 or collected is None:
        raise SystemExit(f"instructions: {scenario} {competitor} failed:\n{result.stderr}")
    return int(collected[1])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("bench", type=Path)
    parser.add_argument("--bound", type=float, default=1.05)
    parser.add_argument("scenario", nargs="*")
    arguments = parser.parse_args()
    missed = []
    print(f"{'scenario':<24}{'competitor':<14}{'instructions/op':>16}{'ratio':>8}")
    for scenario, competitors in scenarios(arguments.bench).items():
        if arguments.scenario and scenario not in arguments.scenario:
            continue
        counts: dict[str, float] = {}
        for competitor, operations in competitors.items():
            counts[competitor] = instructions(arguments.bench, scenario, competitor) / operations
            ratio = counts[competitor] / counts["c_api"]
            print(f"{scenario:<24}{competitor:<14}{counts[competitor]:>16.1f}{ratio:>8.3f}", flush=True)
        yardstick = "c_api_span" if "c_api_span" in counts else "c_api"
        if "forge_db" in counts and (ratio := counts["forge_db"] / counts[yardstick]) > arguments.bound:
            missed.append(f"{scenario}: {ratio:.3f} of {yardstick}, the bound is {arguments.bound}")
    print("\n".join(["missed: " + line for line in missed] or [f"every scenario within {arguments.bound}"]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
