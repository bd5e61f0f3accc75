#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, and nothing else, for the targets of the Makefile.
#
#   scripts/setup.sh            what building, the demo and the benchmarks need
#   scripts/setup.sh test       the same and what only tests need: a browser for the page of the kernel's service, which is
#                               big (350 MB), and wrk for its load
#   scripts/setup.sh lint       the same as without a word, and the linters
#   scripts/setup.sh clang      the same as without a word, and clang with its sanitizers and libFuzzer
#
# Several words add up.
#
# An entry is `probe:package`; the probe is a command, or `-` where only the package's own presence tells.
# Quiet when everything is there. As root, or with sudo.
set -euo pipefail

base=(
  cmake:cmake ninja:ninja-build make:make git:git valgrind:valgrind sqlite3:sqlite3 ccache:ccache
  -:python3 -:python3-jinja2 -:python3-yaml -:python3-pytest -:python3-hypothesis -:python3-sqlalchemy -:python3-jsonschema
  -:libsqlite3-dev -:libfmt-dev -:catch2
)
test=(chromium:chromium wrk:wrk)
lint=(clang-format-14:clang-format-14 clang-tidy-14:clang-tidy-14 node:nodejs npm:npm)
clang=(clang++-19:clang-19 -:libclang-rt-19-dev)

# The name of the Boost headers (>= 1.75 needed) on each system:
#   Debian 12     libboost1.81-dev   (its libboost-dev is 1.74, without PFR)
#   Debian 13     libboost-dev       (1.83)
#   Ubuntu 24.04  libboost-dev       (1.83)
# Everything else has one name on all three. Debian 13 has no clang-format-14: lint runs on Debian 12 and Ubuntu 24.04.
system=$(. /etc/os-release && echo "${ID}-${VERSION_ID:-}")
case "$system" in
  debian-12) boost=libboost1.81-dev ;;
  *) boost=libboost-dev ;;
esac

# Ubuntu's package `chromium` only points to a snap, which does not start in a container: tests of the page are left out.
case "$system" in
  ubuntu-*) test=(wrk:wrk) ;;
esac

wanted=("${base[@]}" "-:$boost")
for word in "$@"; do
  case "$word" in
    test) wanted+=("${test[@]}") ;;
    lint) wanted+=("${lint[@]}") ;;
    clang) wanted+=("${clang[@]}") ;;
    *) echo "usage: scripts/setup.sh [test] [lint] [clang]" >&2; exit 2 ;;
  esac
done

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
for entry in "${wanted[@]}"; do
  probe=${entry%%:*} package=${entry#*:}
  if [ "$probe" != - ] && command -v "$probe" >/dev/null 2>&1; then continue; fi
  installed "$package" || missing+=("$package")
done

# A compiler image may bring its own g++; one older than 12 is not enough.
version=$( (g++ -dumpversion 2>/dev/null || echo 0) | cut -d. -f1)
[ "$version" -ge 12 ] || installed g++ || missing+=(g++)

[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: missing: ${missing[*]} (apt-get not found: install them with this system's package manager)" >&2
  exit 1
fi
if installed libboost1.74-dev && [[ " ${missing[*]} " == *" libboost1.81-dev "* ]]; then
  echo "setup: libboost1.81-dev replaces libboost1.74-dev, which lacks Boost.PFR; the two exclude each other" >&2
fi
run=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "setup: run as root, or install: ${missing[*]}" >&2; exit 1; }
  run=(sudo)
fi

echo "setup: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq
"${run[@]}" apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null
