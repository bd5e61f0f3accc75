# SPDX-License-Identifier: MIT
# What the scripts of this folder share. Each takes the source tree and a scratch folder that is emptied first.
set -euo pipefail
source=$1 scratch=$2
rm -rf "$scratch"
mkdir -p "$scratch"

fail() { echo "FAILED: $*" >&2; exit 1; }

# Runs a command quietly; its output is shown only when it fails.
quiet() { "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log"; fail "$*"; }; }

install_forge_db() {
  quiet cmake -S "$source" -B "$scratch/forge_db" -G Ninja -DFORGE_DB_TESTS=OFF -DFORGE_DB_EXAMPLES=OFF
  quiet cmake --install "$scratch/forge_db" --prefix "$scratch/prefix"
}

# A copy of the consumer, so that nothing is written into the source tree.
copy_consumer() { cp -r "$source/tests/install/consumer" "$scratch/consumer"; }

launcher=()
if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
