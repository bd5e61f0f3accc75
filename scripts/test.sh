#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Configures, builds and runs every test of the given presets (default: dev), and closes with `N passed, N failed`.
# Fails when anything fails. ctest and pytest write JUnit files, from which the closing line is counted.
# Of asan, tsan and coverage only what they run is built: the presets name it. With asan the systems' pytest runs again, and
# with asan and tsan that of the service, with the programs that they built: without the load, whose time they distort, and
# without the browser, which asks for little that the other tests do not.
set -uo pipefail
cd "$(dirname "$0")/.."
presets=("${@:-dev}")
failed=0
reports=()
full=OFF
if [ "${FORGE_DB_FULL:-0}" != 0 ]; then full=ON; fi

# A run for each folder: each has a conftest.py of its own, whose options pytest only knows when the folder is named.
# tests/codegen needs nothing that is built here and takes longest, so it runs beside all that comes after the first
# build; tests/systems runs beside the other two that start programs. What they printed is shown at the end.
run_pytest() {
  local report=$PWD/build/pytest-$1.xml
  rm -f "$report"
  scripts/python.sh -m pytest "tests/$1" --junitxml "$report"
}
declare -A beside=()
trap 'for group in "${beside[@]}"; do kill -- -"$group" 2>/dev/null; done' EXIT
start_pytest() {
  echo "== pytest tests/$1, in the background"
  set -m  # in a process group of its own, which the trap ends with all that pytest started
  run_pytest "$1" >"build/pytest-$1.log" 2>&1 </dev/null &
  beside[$1]=$!
  set +m
}

for preset in "${presets[@]}"; do
  echo "== $preset: configure and build"
  log=build/$preset.log
  mkdir -p build
  targets=()
  if [ "$preset" = dev ]; then targets=(--target all headers_alone); fi
  if ! { cmake --preset "$preset" -DFORGE_DB_FULL_TESTS=$full && cmake --build --preset "$preset" "${targets[@]}" -- -k 0; } >"$log" 2>&1; then
    grep -nE 'error|Error|FAILED' "$log" | head -60
    echo "== $preset: the build failed; all of it stands in $log"
    echo "0 passed, 1 failed"
    exit 1
  fi
  [ -n "${beside[codegen]:-}" ] || start_pytest codegen
  echo "== $preset: ctest"
  report=$PWD/build/$preset/ctest.xml
  rm -f "$report"
  ctest --preset "$preset" --output-junit "$report" || failed=1
  reports+=("$report")
  case $preset in
    asan) again=(systems service) ;;
    tsan) again=(service) ;;
    *) again=() ;;
  esac
  for folder in "${again[@]}"; do
    echo "== pytest tests/$folder, $preset"
    report=$PWD/build/pytest-$folder-$preset.xml
    rm -f "$report"
    (
      export PROMPTFORGE_DB=$PWD/build/$preset/examples/promptforge/promptforge_db
      export KERNEL_SERVICE=$PWD/build/$preset/examples/kernel_service/kernel_service
      export TSAN_OPTIONS=halt_on_error=1
      options=()
      if [ "$folder" = service ]; then
        export FORGE_DB_FULL=0
        options=(--ignore-glob '*/test_page*.py')
      fi
      scripts/python.sh -m pytest "tests/$folder" "${options[@]}" --junitxml "$report"
    ) || failed=1
    reports+=("$report")
  done
done

# The programs that these start are those of the first preset.
export PROMPTFORGE_DB=${PROMPTFORGE_DB:-$PWD/build/${presets[0]}/examples/promptforge/promptforge_db}
export KERNEL_SERVICE=${KERNEL_SERVICE:-$PWD/build/${presets[0]}/examples/kernel_service/kernel_service}
start_pytest systems
for folder in faults service; do
  echo "== pytest tests/$folder"
  run_pytest "$folder" || failed=1
done
for folder in systems codegen; do
  wait "${beside[$folder]}" || failed=1
  echo "== pytest tests/$folder, which ran beside them"
  cat "build/pytest-$folder.log"
done
for folder in codegen systems faults service; do reports+=("$PWD/build/pytest-$folder.xml"); done

exec scripts/python.sh scripts/count_tests.py "$failed" "${reports[@]}"
