# SPDX-License-Identifier: MIT
"""Reads cases as `forge generate` would, and tells what came of each: loader_process.py KIND

A case is a folder that is laid out as schema/ of a project: spec.yaml, migrations/NAME/*.yaml,
seeds/NAME/*.yaml. Each line of standard input names one, each line of output answers:
{"errors": [[file, line, column, message], ...]}, empty for a case that is accepted and rendered, or
{"failure": what, "where": the innermost place in the generator}. It is a process of its own so that memory
can be limited, hash seeds can differ, and the death of the interpreter is a finding like any other.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "codegen"))
sys.dont_write_bytecode = True

from forge_codegen.migrations.diff import next_migration  # noqa: E402, the path comes first
from forge_codegen.project import load_project  # noqa: E402
from forge_codegen.spec.diagnostics import Reporter, SpecError  # noqa: E402

SECONDS = 10  # of processor time: what else the machine does is no finding
MEMORY = 1 << 30
SPEC = Path("spec.yaml")


class TooSlow(BaseException):
    """No Exception, so that nothing on the way takes it for an error of its own."""


def _stop(*_: object) -> None:
    raise TooSlow


def _load(kind: str) -> None:
    """A spec alone has no migrations yet: the first is made of it. Other kinds are whole projects."""
    project = load_project(SPEC, complete=kind != "spec_yaml")
    project.render()
    if kind == "spec_yaml":
        report = Reporter()
        next_migration(project.schema, list(project.files), project.folder, "", report)
        report.stop_on_errors()


def answer(kind: str, folder: str) -> dict[str, object]:
    os.chdir(folder)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        _load(kind)
    except SpecError as error:
        found = [(one.at.file, one.at.line, one.at.column, one.message) for one in error.diagnostics]
        return {"errors": found} if found else {"failure": "refused without an error", "where": ""}
    except (Exception, TooSlow) as error:
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if "forge_codegen" in frame.filename
        ]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else ""
        return {"failure": f"{type(error).__name__}: {error}"[:300], "where": where}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return {"errors": []}


def main() -> None:
    signal.signal(signal.SIGPROF, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        print(json.dumps(answer(sys.argv[1], line.rstrip("\n"))), flush=True)


if __name__ == "__main__":
    main()
