#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-format 14, clang-tidy 14 and ruff over everything written by hand. `scripts/lint.sh --fix` also formats.
# The versions are pinned, so that the same tree gives the same answer everywhere.
set -euo pipefail
cd "$(dirname "$0")/.."

ruff_version=0.15.20
fix=${1:-}
failed=0

mapfile -t cpp < <(git ls-files '*.hpp' '*.cpp' ':!generated' ':!tests/**/expected/**' ':!examples/**/generated/**')
mapfile -t python < <(git ls-files '*.py' codegen/forge ':!tests/**/expected/**' |
  while read -r file; do [[ $file == *.py || $(head -1 "$file") == *python* ]] && echo "$file"; done)

echo "clang-format 14: ${#cpp[@]} files"
if [ "$fix" = --fix ]; then clang-format-14 -i "${cpp[@]}"; else
  clang-format-14 --dry-run -Werror "${cpp[@]}" || failed=1
fi

# Ruff comes as WebAssembly from npm, because Debian 12 has no package of it; nothing of it is kept in the tree.
modules=build/lint
mkdir -p "$modules"
if [ ! -f "$modules/node_modules/@astral-sh/ruff-wasm-nodejs/package.json" ] ||
   ! grep -q "\"version\": \"$ruff_version\"" "$modules/node_modules/@astral-sh/ruff-wasm-nodejs/package.json"; then
  npm install --prefix "$modules" --no-save --no-audit --no-fund --silent "@astral-sh/ruff-wasm-nodejs@$ruff_version"
fi
scripts/python.sh -c 'import json, tomllib
print(json.dumps(tomllib.load(open("pyproject.toml", "rb"))["tool"]["ruff"]))' > "$modules/ruff.json"
if [ "$fix" = --fix ]; then option=(--fix); else option=(); fi
RUFF_MODULES=$PWD/$modules node scripts/ruff.mjs "$modules/ruff.json" "${option[@]}" "${python[@]}" || failed=1

scripts/tidy.sh || failed=1

[ "$failed" -eq 0 ] && echo "lint: clean"
exit "$failed"
