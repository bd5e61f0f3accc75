#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Fuzzes each target of tests/fuzz/ from its corpus: scripts/fuzz.sh [SECONDS A TARGET (600)] [TARGET...]
# The .cpp under libFuzzer with the address and undefined behaviour sanitizers; needs clang and its libclang-rt (FUZZ_CXX says
# which). The loaders of YAML (spec_yaml, migration_yaml, seed_yaml) by tests/fuzz/yaml_loaders.py, which leaves
# build/fuzz/TARGET.finding-*, folders with a project, shrunk already.
# An input that fails is left in build/fuzz/TARGET.crash-*: shrink it, add it to tests/fuzz/corpus/TARGET/, mend the cause;
# `make test` replays the corpora from then on. What libFuzzer finds interesting on the way stays in build/fuzz/TARGET/.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
shift || true
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in tests/fuzz/*.cpp; do targets+=("$(basename "$source" .cpp)"); done
  targets+=(spec_yaml migration_yaml seed_yaml)
fi
compiler=${FUZZ_CXX:-clang++-19}
failed=0
mkdir -p build/fuzz

for target in "${targets[@]}"; do
  echo "== $target, $seconds seconds"
  if [ ! -e "tests/fuzz/$target.cpp" ]; then
    scripts/python.sh tests/fuzz/yaml_loaders.py --seconds "$seconds" "$target" || failed=1
    continue
  fi
  "$compiler" -std=c++20 -O1 -g1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -DFORGE_DB_FUZZING \
    -Iinclude -Igenerated -Itests -Itests/codegen/cases/pages_and_analytics/expected "tests/fuzz/$target.cpp" -lsqlite3 -o "build/fuzz/$target.bin"
  mkdir -p "build/fuzz/$target"
  dictionary=tests/fuzz/$target.dict
  options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/fuzz/$target.")
  [ -e "$dictionary" ] && options+=(-dict="$dictionary")
  "build/fuzz/$target.bin" "${options[@]}" "build/fuzz/$target" "tests/fuzz/corpus/$target" >"build/fuzz/$target.log" 2>&1 || failed=1
  grep -E 'stat::number_of_executed_units|ERROR|SUMMARY|terminate|what\(\)' "build/fuzz/$target.log" || true
done
exit $failed
