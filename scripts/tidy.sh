#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-tidy 14 over every translation unit of the `tidy` preset, or over those given. Headers are checked through the files
# that include them. TIDY_PROCESSES (2) run at once.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
cmake --preset tidy >build/tidy.log
# Nothing is compiled, but the files include what the generator makes for the example and the benchmarks.
cmake --build build/tidy --target forge_db_bench_forge promptforge_startup_forge kernel_repositories_forge >>build/tidy.log
mapfile -t files < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else
  git ls-files 'tests/*.cpp' 'examples/*.cpp' 'benchmarks/*.cpp' ':!*.fail.cpp' ':!*.ok.cpp' ':!tests/support/main.cpp' \
    ':!tests/**/expected/**' ':!tests/install/**'; fi)
exec scripts/python.sh scripts/tidy_units.py build/tidy "${files[@]}"
