#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs a Python that has the modules which this repository's Python programs need, whichever python3 is first on PATH:
# Debian's modules belong to /usr/bin/python3, and a pyenv or conda python may shadow it.
set -euo pipefail
for python in python3 /usr/bin/python3; do
  if "$python" -c 'import jinja2, yaml, pytest, sqlalchemy, jsonschema
from importlib.util import find_spec  # importing it takes longer than most programs run
raise SystemExit(find_spec("hypothesis") is None)' >/dev/null 2>&1; then exec "$python" "$@"; fi
done
echo "no python3 with jinja2, yaml, pytest, sqlalchemy, jsonschema and hypothesis: run scripts/setup.sh" >&2
exit 1
