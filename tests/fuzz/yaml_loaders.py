#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks for inputs that break the loaders of YAML: yaml_loaders.py --seconds 600 KIND, which is spec_yaml,
migration_yaml or seed_yaml.

The cases start from the repository's own specs, migrations and seed files, the golden cases of tests/codegen,
and the corpus. A case that is answered with an error not seen before is kept, and mutated further. What
breaks a rule of loader_oracle.py is shrunk and left in build/fuzz/KIND.finding-*: put the folder into
tests/fuzz/corpus/KIND/, mend the cause; tests/codegen/test_loader_corpus.py reads the corpora from then on.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from loader_oracle import KINDS, Oracle
from yaml_mutation import mutated

REPOSITORY = Path(__file__).resolve().parents[2]
CORPUS = REPOSITORY / "tests/fuzz/corpus"
CASE_LIMIT = 12_000  # bytes; larger ones take too long to say what they say
SHRINKING = 400  # tries a finding

Case = dict[str, bytes]


def _golden_case(folder: Path) -> Case:
    """A folder of tests/codegen/cases as a project has it."""
    spec = (folder / "spec.yaml").read_bytes()
    match = re.search(rb"^schema: *(\w+)", spec, re.MULTILINE)
    name = match[1].decode() if match else "none"
    case = {"spec.yaml": spec}
    for path in sorted(folder.rglob("*.yaml")):
        kind, *rest = path.relative_to(folder).parts
        if kind in ("migrations", "seeds"):
            case["/".join([kind, name, *rest])] = path.read_bytes()
        elif kind in ("beside", "together"):
            case["/".join(rest)] = path.read_bytes()
    return case


def _own_case(spec: Path) -> Case:
    paths = [
        path for kind in ("migrations", "seeds") for path in (spec.parent / kind / spec.stem).glob("*.yaml")
    ]
    case = {path.relative_to(spec.parent).as_posix(): path.read_bytes() for path in sorted(paths)}
    return {"spec.yaml": spec.read_bytes(), **case}


def read_case(folder: Path) -> Case:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_case(case: Case, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in case.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def victims(case: Case, kind: str) -> list[str]:
    """The files of a case that are of the kind."""
    prefix = {"spec_yaml": "spec.yaml", "migration_yaml": "migrations/", "seed_yaml": "seeds/"}[kind]
    return [name for name in case if name.startswith(prefix)]


def _beginnings(kind: str) -> Iterator[Case]:
    cases = [
        _golden_case(path) for path in sorted((REPOSITORY / "tests/codegen/cases").iterdir()) if path.is_dir()
    ]
    cases += [_own_case(path) for path in sorted((REPOSITORY / "schema").glob("*.yaml"))]
    if kind == "spec_yaml":
        cases = [{name: data for name, data in case.items() if "/" not in name} for case in cases]
    if kind == "migration_yaml":
        cases = [
            {name: data for name, data in case.items() if not name.startswith("seeds/")} for case in cases
        ]
    cases += [read_case(path) for path in sorted((CORPUS / kind).glob("*")) if path.is_dir()]
    for case in cases:
        if victims(case, kind) and sum(map(len, case.values())) <= CASE_LIMIT:
            yield case


def _shape(text: str) -> str:
    """A message without what it quotes, so that messages of one cause are one."""
    return re.sub(r"\d+", "0", re.sub(r"'[^']*'|\"[^\"]*\"|\[[^\]]*\]", "_", text))[:120]


class Fuzzer:
    def __init__(self, kind: str, seed: int, folder: Path) -> None:
        self._kind = kind
        self._random = random.Random(seed)
        self._folder = folder
        self._oracle = Oracle(kind)
        self._pool: list[Case] = []
        self._shapes: set[str] = set()
        self.findings: dict[str, Path] = {}
        self.cases = self.accepted = 0

    def run(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._pool = list(_beginnings(self._kind))
        texts = [case[name] for case in self._pool for name in victims(case, self._kind)]
        while time.monotonic() < end:
            # Half of the time from what was kept last: that is where something new was seen.
            recent = self._pool[-50:] if self._random.random() < 0.5 else self._pool
            old = self._random.choice(recent)
            name = self._random.choice(victims(old, self._kind))
            if (
                self._kind == "migration_yaml" and self._random.random() < 0.7
            ):  # hashes are compared, and hide all else
                old = {one: re.sub(rb"(?m)^(before|after):.*\n", b"", data) for one, data in old.items()}
            case = {**old, name: mutated(old[name], texts, self._random)}
            if self._try(case, old):
                self._pool.append(case)
        self._oracle.close()

    @property
    def shapes(self) -> int:
        return len(self._shapes)

    def _try(self, case: Case, old: Case) -> bool:
        """Whether the answer is of a kind that was not seen before."""
        self.cases += 1
        write_case(case, self._folder)
        problem, errors = self._oracle.ask(self._folder, twice=self._random.random() < 0.25)
        if problem:
            self._keep(problem, case, next((name for name in case if case[name] != old.get(name)), ""))
            return False
        self.accepted += not errors
        found = {_shape(message) for *_, message in errors}
        new = found - self._shapes
        self._shapes |= found
        return bool(new)

    def _keep(self, problem: str, case: Case, name: str) -> None:
        shape = _shape(problem)
        if shape in self.findings:
            return
        path = REPOSITORY / f"build/fuzz/{self._kind}.finding-{len(self.findings)}"
        self.findings[shape] = path
        write_case(case, path)
        print(f"{self._kind}: {problem}: {path}", flush=True)
        write_case(self._shrunk(case, name, shape) if name else case, path)

    def _shrunk(self, case: Case, name: str, shape: str) -> Case:
        """Lines of the file that are not needed are taken out, at first many at a time."""
        lines = case[name].splitlines(keepends=True)
        step, tries = max(1, len(lines) // 2), 0
        while tries < SHRINKING:
            at, smaller = 0, False
            while at < len(lines) and tries < SHRINKING:
                tried = lines[:at] + lines[at + step :]
                tries += 1
                write_case({**case, name: b"".join(tried)}, self._folder)
                if _shape(self._oracle.ask(self._folder)[0]) == shape:
                    lines, smaller = tried, True
                else:
                    at += step
            if step == 1 and not smaller:
                break
            step = max(1, step // 2)
        return {**case, name: b"".join(lines)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Looks for inputs that break the loaders of YAML.")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument(
        "--seed", type=int, default=None, help="of the random numbers; another each time when not given"
    )
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    (REPOSITORY / "build/fuzz").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fuzzer = Fuzzer(arguments.kind, seed, Path(folder) / "schema")
        fuzzer.run(arguments.seconds)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in usage)
    print(
        f"{arguments.kind}: seed {seed}, {processor:.0f} s of processor time, {fuzzer.cases} cases, "
        f"{fuzzer.accepted} accepted, {fuzzer.shapes} kinds of errors, {len(fuzzer.findings)} findings"
    )
    return 1 if fuzzer.findings else 0


if __name__ == "__main__":
    sys.exit(main())
