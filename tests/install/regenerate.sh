#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# forge_db_generate runs the generator again after an edit of a spec or a new migration file, and only then.
. "$(dirname "$0")/lib.sh"
copy_consumer
cat >"$scratch/consumer/main.cpp" <<'END'
#include <notes/ids.hpp>
int main() {}
END
sed -i 's/ second.cpp//; s/ forge_db::json//' "$scratch/consumer/CMakeLists.txt"
quiet cmake -S "$scratch/consumer" -B "$scratch/build" -G Ninja "${launcher[@]}" -DFORGE_DB_SOURCE="$source"
generated=$scratch/build/generated/notes
spec=$scratch/consumer/schema/notes.yaml

build() { quiet cmake --build "$scratch/build"; }
ran() { grep -q "forge: generating" "$scratch/log"; }

build
ran || fail "the first build does not generate"
[ -f "$generated/notes.hpp" ] || fail "no generated header"
build
ran && fail "generated again though nothing changed"

# An edit that changes no output: the generator runs, but no file is touched and nothing is compiled.
stamp=$(stat -c %y "$generated/notes.hpp")
echo '# a remark' >>"$spec"
build
ran || fail "not generated again after an edit of the spec"
[ "$stamp" = "$(stat -c %y "$generated/notes.hpp")" ] || fail "a header was touched without a change"
grep -q "main.cpp" "$scratch/log" && fail "compiled though no header changed"

# A new table, with its migration file written by `forge diff`: the list of outputs grows.
cat >>"$spec" <<'END'
  pins:
    columns:
      id: {type: int64, primary_key: true}
      note_id: {references: notes.id, on_delete: cascade}
END
quiet "$source/codegen/forge" diff "$spec"
build
ran || fail "not generated again after a new table"
[ -f "$generated/pins.hpp" ] || fail "no header for the new table"
build
ran && fail "generated again though nothing changed since the new table"

# A migration file's edit alone.
migration=$(ls "$scratch"/consumer/schema/migrations/notes/*.yaml | tail -1)
echo '# a remark' >>"$migration"
build
ran || fail "not generated again after an edit of a migration file"

# A spec that this one uses, from another folder.
mkdir "$scratch/kernel"
cat >"$scratch/kernel/kernel.yaml" <<'END'
schema: kernel
tables:
  apps:
    columns:
      id: {type: int64, primary_key: true}
END
sed -i '/^schema:/a uses: {kernel: ../../kernel/kernel.yaml}' "$spec"
build
ran || fail "not generated again after an edit of the uses"
echo '# a remark' >>"$scratch/kernel/kernel.yaml"
build
ran || fail "not generated again after an edit of a spec that is used"
build
ran && fail "generated again though nothing changed since the edit of the used spec"

# A mistake in the spec stops the build with its place.
sed -i 's/type: timestamp/type: timestmp/' "$spec"
if cmake --build "$scratch/build" >"$scratch/log" 2>&1; then fail "built in spite of a mistake in the spec"; fi
grep -qE 'notes\.yaml:[0-9]+:[0-9]+:.*timestmp' "$scratch/log" || { cat "$scratch/log"; fail "the mistake is not placed"; }
echo "regenerate: works"
