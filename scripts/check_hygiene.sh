#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Rules of the tree that no compiler checks.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
complain() { [ -z "$2" ] || { printf '%s\n%s\n' "$1" "$2"; failed=1; }; }

mapfile -t sources < <(git ls-files '*.hpp' '*.cpp' '*.py' '*.sh' '*.cmake' '*CMakeLists.txt' ':!tests/**/expected/**')
complain "Without an SPDX line among the first three:" "$(for file in "${sources[@]}"; do
  [ ! -f "$file" ] || head -3 "$file" | grep -q SPDX-License-Identifier || echo "$file"; done)"
complain "Header names used twice in include/:" \
  "$(git ls-files 'include/*.hpp' | xargs -r -n1 basename | sort | uniq -d)"
complain "Headers over 400 lines:" "$(git ls-files 'include/*.hpp' | while read -r file; do
  [ ! -f "$file" ] || [ "$(wc -l <"$file")" -le 400 ] || echo "$file"; done)"
complain "Public headers must not include these (iostreams, regex, fmt, <format>, the whole of Hana):" \
  "$(git grep -nE '#include <(iostream|ostream|istream|sstream|fstream|iomanip|regex|format|boost/hana\.hpp|fmt/)' \
     -- include ':!include/forge_db/cli' ':!include/forge_db/text/format.hpp' || true)"

complain "Messages of static_assert without a cure behind a semicolon:" "$(scripts/check_messages.py || true)"

complain "CONTRIBUTING.md names paths that do not exist:" "$(sed -n '/^## To add/,/^## Conventions/p' CONTRIBUTING.md |
  grep -oE '`[a-z_]+/[a-z0-9_./]+`' | tr -d '`' | while read -r path; do [ -e "$path" ] || echo "$path"; done)"

# No arrow runs backwards: a folder may include itself and the folders named for it.
allowed() {
  case "$1" in
    core) echo core ;;
    schema) echo core schema ;;
    query) echo core schema query ;;
    driver) echo core schema query driver ;;
    session) echo core schema query driver session ;;
    repository) echo core schema query driver session repository ;;
    migration) echo core schema driver session migration ;;
    text) echo core schema query repository text ;;
    audit) echo core schema query session repository text audit ;;
    testing) echo core schema driver session testing ;;
    seed) echo core schema query driver session seed ;;
    maintenance) echo core schema driver session migration maintenance ;;
    *) echo core schema query driver session repository migration maintenance "$1" ;;
  esac
}
for folder in include/forge_db/*/; do
  folder=$(basename "$folder")
  others=$(grep -rnoE '#include <forge_db/[a-z_]+/' "include/forge_db/$folder" |
    grep -vE "forge_db/($(allowed "$folder" | tr ' ' '|'))/\$" || true)
  complain "Includes against the folders' order, in $folder:" "$others"
done
exit "$failed"
