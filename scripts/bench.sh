#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Time, instructions and compile cost of ForgeDB against the same work on the SQLite C API. Exits 1 if a bound is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
cmake --preset release >build/release.log
cmake --build --preset release --target forge_db_bench >>build/release.log
bench=build/release/benchmarks/forge_db_bench
failed=0

echo "== time: median of interleaved rounds"
printf '%-24s%-14s%12s%8s\n' scenario competitor ns/op ratio
"$bench" time | while IFS=$'\t' read -r scenario competitor time ratio; do
  printf '%-24s%-14s%12s%8s\n' "$scenario" "$competitor" "$time" "$ratio"
done
echo "== instructions, counted by callgrind"
scripts/python.sh benchmarks/instructions.py "$bench" || failed=1
echo "== compile cost, processor time of the compiler"
scripts/python.sh benchmarks/compile/compile_cost.py || failed=1
exit "$failed"
