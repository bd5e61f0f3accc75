#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Generates, builds optimised, and runs the PromptForge demo. Exits 0 only if every check of the demo holds.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
codegen/forge generate schema/*.yaml
if ! { cmake --preset release && cmake --build --preset release --target promptforge_db promptforge_demo; } >build/demo.log 2>&1; then
  tail -40 build/demo.log
  exit 1
fi
exec examples/promptforge/demo.sh build/release/examples/promptforge
