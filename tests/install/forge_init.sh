#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# From an empty folder to a running program in three commands: beside an installed ForgeDB, and with a checkout of it.
. "$(dirname "$0")/lib.sh"
export CMAKE_GENERATOR=Ninja
export CMAKE_BUILD_TYPE=None  # optimising would be most of this test's time
if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache; fi

three_commands() {  # forge command
  mkdir "$2"
  cd "$2"
  quiet "$1" init
  quiet cmake -B build
  quiet cmake --build build --target run
  grep -q "Read the generated headers" "$scratch/log" || { cat "$scratch/log"; fail "the program of $2 does not run"; }
  grep -q "1 open notes" "$scratch/log" || { cat "$scratch/log"; fail "the program of $2 does not count its note"; }
  quiet cmake --build build --target run
  grep -q "2 open notes" "$scratch/log" || { cat "$scratch/log"; fail "the second run of $2 does not find the first one's note"; }
  cd "$scratch"
}

three_commands "$source/codegen/forge" "$scratch/with_checkout"

install_forge_db
export CMAKE_PREFIX_PATH=$scratch/prefix
three_commands "$scratch/prefix/bin/forge" "$scratch/with_package"
if grep -rqF "$source/include" "$scratch/with_package/build/build.ninja"; then fail "compiles against the source tree"; fi
echo "forge_init: works"
