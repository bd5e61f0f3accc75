#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes a PromptForge file as the earlier program left it, with rows of every kind that such files hold.

    make_legacy.py FILE [--rows 20000] [--era 38 | --prefix N] [--spelling orm|statements] [--rebuilt] ...

The schema comes from Python's real SQLAlchemy, the rows from a seeded generator: the same arguments (with
--now) make the same rows.  Needs Debian's python3-sqlalchemy; started by another Python, it goes on with one
that has it.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timezone  # not UTC: an older Python must find a newer one
from pathlib import Path

FALLBACKS = ("/usr/bin/python3", "/usr/local/bin/python3")
LAUNCHED = "MAKE_LEGACY_LAUNCHED_BY"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--rows", type=int, default=20000, help="optimizations in all (default 20000)")
    parser.add_argument("--seed", type=int, default=1)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--era", type=int, default=38, choices=(5, 22, 27, 30, 38, 42), help="length of its list"
    )
    which.add_argument(
        "--prefix", type=int, choices=range(43), metavar="0..42", help="the first N of the 42 entries"
    )
    parser.add_argument(
        "--spelling", choices=("orm", "statements"), default="orm", help="who made the tables"
    )
    parser.add_argument(
        "--rebuilt", action="store_true", help="with the two rebuilds of the later program (era 42)"
    )
    parser.add_argument(
        "--kernel", choices=("none", "orm", "statements"), default="none", help="with kernel tables"
    )
    parser.add_argument("--now", type=datetime.fromisoformat, help="UTC; what `stale` is measured against")
    options = parser.parse_args()
    options.now = options.now or datetime.now(timezone.utc).replace(tzinfo=None)  # noqa: UP017
    if options.rebuilt and options.era != 42:
        parser.error("--rebuilt goes with --era 42")
    return options


def sqlalchemy_pythons() -> Iterator[str]:
    for interpreter in FALLBACKS:
        test = [interpreter, "-c", "import sys, sqlalchemy; sys.exit(sys.version_info < (3, 11))"]
        if (
            os.access(interpreter, os.X_OK)
            and not subprocess.run(test, capture_output=True, check=False).returncode
        ):
            yield interpreter


def main() -> int:
    if sys.version_info < (3, 11) or importlib.util.find_spec("sqlalchemy") is None:
        for interpreter in sqlalchemy_pythons() if LAUNCHED not in os.environ else ():
            os.environ[LAUNCHED] = sys.executable or "python3"
            os.execv(interpreter, [interpreter, os.path.realpath(__file__), *sys.argv[1:]])
        cure = "apt-get install python3-sqlalchemy"
        print(f"make_legacy: no Python 3.11 with SQLAlchemy; {cure}", file=sys.stderr)
        return 1
    options = arguments()
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from legacy_rows import Maker
    from legacy_schema import create, entries_of_era

    if Path(options.file).exists():
        print(f"make_legacy: {options.file} exists; remove it or name another file", file=sys.stderr)
        return 1
    entries = entries_of_era(options.era) if options.prefix is None else set(range(1, options.prefix + 1))
    create(options.file, entries, options.spelling, options.rebuilt, options.kernel)
    maker = Maker(options.file, options)
    maker.fill()
    maker.db.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
