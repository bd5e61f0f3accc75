#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A program outside the tree takes the source tree in, which then builds none of its own tests and examples.
. "$(dirname "$0")/lib.sh"
copy_consumer
quiet cmake -S "$scratch/consumer" -B "$scratch/build" -G Ninja "${launcher[@]}" -DFORGE_DB_SOURCE="$source"
quiet cmake --build "$scratch/build"
"$scratch/build/consumer"
if grep -q test_ "$scratch/build/build.ninja"; then fail "the tests of ForgeDB are built with the consumer"; fi
