#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# An old PromptForge database: made, adopted, migrated, used, started again, and checked. Needs the built programs.
#
#     demo.sh FOLDER-WITH-PROGRAMS [SCRATCH-FOLDER]
#
# Exits 0 only if every check held.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=$here/../../scripts/python.sh  # a Python that has SQLAlchemy, whichever comes first on PATH
programs=$(cd "$1" && pwd)
scratch=${2:-}
if [ -z "$scratch" ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
fi
mkdir -p "$scratch/data"
file=$scratch/data/promptforge.db
before=$scratch/before.db
rm -f "$file"* "$before"*

step() { printf '\n== %s\n\n' "$*"; }
failed=0

step "1. A legacy file of the older era, made by SQLAlchemy"
"$python" "$here/legacy/make_legacy.py" "$file" --rows 20000 --kernel orm
"$python" - "$file" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
tables = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
for name in tables:
    columns = len(db.execute(f"PRAGMA table_info({name})").fetchall())
    print(f"  {name:22} {columns:3} columns {db.execute(f'SELECT count(*) FROM {name}').fetchone()[0]:6} rows")
PYTHON
cp "$file" "$before"

step "2. Adopted and migrated"
"$programs/promptforge_db" upgrade "$file"

step "3. The upgraded file against the old one, by rules written again in plain Python"
"$python" "$here/legacy/check_upgrade.py" "$before" "$file" || failed=1

step "4. Used"
"$programs/promptforge_demo" "$file" || failed=1

step "5. Started again"
"$programs/promptforge_db" upgrade "$file"
"$python" "$here/legacy/check_restart.py" "$programs/promptforge_db" "$file" || failed=1

step "6. Verified"
"$programs/promptforge_db" verify "$file" || failed=1
printf '\n'
if [ "$failed" -eq 0 ]; then echo "demo: every check held"; else echo "demo: A CHECK FAILED, see FAIL above"; fi
exit "$failed"
