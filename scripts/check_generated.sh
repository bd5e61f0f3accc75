#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# generated/ must be what the generator makes of schema/ today.
set -euo pipefail
cd "$(dirname "$0")/.."
exec codegen/forge check schema/*.yaml
