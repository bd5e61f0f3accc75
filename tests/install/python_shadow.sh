#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The generator works whichever python3 comes first on PATH: here one without any installed module.
. "$(dirname "$0")/lib.sh"
mkdir "$scratch/bin"
printf '#!/bin/sh\nexec /usr/bin/python3 -S -E "$@"\n' >"$scratch/bin/python3"
chmod +x "$scratch/bin/python3"
export PATH=$scratch/bin:$PATH
if python3 -c 'import jinja2' 2>/dev/null; then fail "the shadowing python3 has Jinja2 after all"; fi
cp -r "$source/tests/install/consumer/schema" "$scratch/schema"
quiet "$source/codegen/forge" generate "$scratch/schema/notes.yaml" --out "$scratch/generated"
[ -f "$scratch/generated/notes/notes.hpp" ] || fail "nothing was generated"
echo "python_shadow: works"
