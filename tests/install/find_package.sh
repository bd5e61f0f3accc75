#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A program outside the tree finds the installed package, and the source tree is not needed any more.
. "$(dirname "$0")/lib.sh"
install_forge_db
copy_consumer
quiet cmake -S "$scratch/consumer" -B "$scratch/build" -G Ninja "${launcher[@]}" -DCMAKE_PREFIX_PATH="$scratch/prefix"
quiet cmake --build "$scratch/build"
"$scratch/build/consumer"
if grep -rqF "$source/include" "$scratch/build/build.ninja"; then fail "the consumer compiles against the source tree"; fi

cat >"$scratch/consumer/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(asks_too_much LANGUAGES CXX)
find_package(forge_db REQUIRED COMPONENTS telepathy)
END
if cmake -S "$scratch/consumer" -B "$scratch/asks" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/prefix" >"$scratch/log" 2>&1; then
  fail "an unknown component was found"
fi
grep -q "component 'telepathy' is not known" "$scratch/log" || fail "the unknown component is not named"
