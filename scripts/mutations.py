#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes protections out, one at a time, and sees the tests fail that hold them.

usage: mutations.py [--check] [--only WORD] [--untried] [--program FOLDER]

The lists are tests/mutations/*.toml. A [[mutation]] has: `out`, the protection in words; `file` and
`text`, where it stands (the text stands there once); `with`, what stands there instead (nothing: the
statement is left out); `also`, further places of the same protection; and `fails`, proofs as docs/facts.md
writes them. `engine = true`: the proof is about the engine and not about ForgeDB, so the test is made to ask
of another one. `untried`: those of them that nobody saw yet.

C++ is compiled once a program, with all its mutations in it, of which FORGE_MUTANT chooses one at run time.
So a `with` is an expression in place of an expression, or holds OUT, which is true when the protection is
out. `static = true` is for what the compiler decides: text in place of text, compiled by itself. Python,
scripts and templates are changed in a copy of the tree. For the pytest files of systems/ and service/ the
program that they start, promptforge_db or kernel_service, is such a program. --check compiles nothing: it
says which texts are not there.
"""

import argparse
import dataclasses
import functools
import re
import shutil
import sys
import tomllib
from pathlib import Path

from mutant_programs import (
    BUILD,
    COMPILER,
    ROOT,
    SWITCH,
    NotBuilt,
    build_plugin,
    chosen_pytest,
    chosen_test,
    flags,
    program,
    run,
    started,
    write_overlay,
)

LISTS = ROOT / "tests/mutations"


def folder_of(proof: str) -> str:
    return str(Path(split(proof)[0]).parent)


def split(proof: str) -> tuple[str, str]:
    """The file and the test that a proof names; a file without tests is its own."""
    file, _, test = proof.partition(": ")
    return file, test


@dataclasses.dataclass(frozen=True)
class Place:
    file: str
    text: str
    instead: str | None

    def problem(self) -> str | None:
        path = ROOT / self.file
        count = path.read_text(encoding="utf-8").count(self.text) if path.is_file() else 0
        return None if count == 1 else f"{self.file} has {count} times, and not once: {self.text}"

    def switched(self, number: int) -> str:
        out = f"forge_mutant::is({number})"
        if self.instead is None:
            return f"if (!{out}) {{ {self.text} }}"
        if re.search(r"\bOUT\b", self.instead):
            return re.sub(r"\bOUT\b", out, self.instead)
        return f"({out} ? ({self.instead}) : ({self.text}))"


@dataclasses.dataclass(frozen=True)
class Mutation:
    number: int
    out: str
    places: tuple[Place, ...]
    fails: tuple[str, ...]
    static: bool
    untried: tuple[str, ...]

    @property
    def is_switched(self) -> bool:
        files = [place.file for place in self.places] + [split(proof)[0] for proof in self.fails]
        return not self.static and all(re.search(r"[.][hc]pp$|^(systems|service)/", file) for file in files)


@functools.cache
def mutations() -> tuple[Mutation, ...]:
    found: list[Mutation] = []
    for path in sorted(LISTS.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutation"]:
            places = [entry, *entry.get("also", [])]
            found.append(
                Mutation(
                    number=len(found) + 1,
                    out=entry["out"],
                    places=tuple(Place(each["file"], each["text"], each.get("with")) for each in places),
                    fails=tuple(entry["fails"]),
                    static=entry.get("static", False),
                    untried=tuple(entry.get("untried", ())),
                )
            )
    return tuple(found)


def problems() -> list[str]:
    return [text for each in mutations() for place in each.places if (text := place.problem())]


# ---- C++, all mutations of a program in one compile


def mutated(of: list[Mutation], switched: bool) -> dict[str, str]:
    texts: dict[str, str] = {}
    for each in of:
        for place in each.places:
            text = texts.setdefault(place.file, (ROOT / place.file).read_text(encoding="utf-8"))
            if place.text not in text:
                raise SystemExit(f"two mutations overlap at: {place.text}")
            texts[place.file] = text.replace(
                place.text, place.switched(each.number) if switched else place.instead or ""
            )
    return texts


def survivors_in_program(folder: str, of: list[Mutation]) -> list[str]:
    proofs = [(each, proof) for each in of for proof in each.fails if folder_of(proof) == folder]
    files = sorted({split(proof)[0] for _, proof in proofs})
    overlay = BUILD / folder.replace("/", "_")
    shutil.rmtree(overlay, ignore_errors=True)
    write_overlay(overlay, {"switch.hpp": SWITCH, **mutated(of, switched=True)})
    switch = ("-include", str(overlay / "switch.hpp"))
    if folder == "runtime/query":
        build_plugin(overlay, *switch)
    tests = [each for each in files if each.endswith(".cpp")]
    made = program(overlay, folder, tests, *switch) if tests else None
    served = started(overlay, folder, *switch) if len(tests) < len(files) else None

    def passes(proof: str, number: int) -> bool:
        file, test = split(proof)
        if served is not None and file.endswith(".py"):
            return chosen_pytest(served, proof, number)
        if made is None:
            raise SystemExit(f"{proof!r}: a test is a .cpp or a .py")
        return chosen_test(made, test, number)

    for proof in sorted({proof for _, proof in proofs}):
        if not passes(proof, 0):
            raise SystemExit(f"{proof!r} fails without a mutation")
    return [
        f"still passes without {each.out!r}: {proof}" for each, proof in proofs if passes(proof, each.number)
    ]


# ---- one mutation at a time


def passes_static(proof: str, overlay: Path) -> bool:
    file, test = split(proof)
    source = ROOT / "tests" / file
    if file.endswith(".fail.cpp"):
        expected = source.read_text(encoding="utf-8").splitlines()[0].partition("expect: ")[2]
        done = run([*COMPILER, *flags(overlay), "-fsyntax-only", str(source)])
        return done.returncode != 0 and expected in done.stderr
    if not test:
        return run([*COMPILER, *flags(overlay), "-fsyntax-only", str(source)]).returncode == 0
    try:
        return chosen_test(program(overlay, folder_of(proof), [file]), test, 0)
    except NotBuilt as failure:  # which is a proof only if the test's own static_assert says so
        print(f"does not compile without it: {proof}\n{str(failure)[:600]}", flush=True)
        return False


def passes_in_copy(proof: str, tree: Path) -> bool:
    file, test = split(proof)
    if file.startswith("scripts/"):
        arguments = ["g++"] if file.endswith("check_weight.py") else []
        return run([str(tree / file), *arguments], cwd=tree).returncode == 0
    if file.startswith("codegen/cases/"):
        file, test = "codegen/test_cases.py", f"test_case[{Path(file).name}]"
    where = f"tests/{file}" + (f"::{test}" if test else "")
    done = run(["scripts/python.sh", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", where], cwd=tree)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{where}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.returncode == 0


@functools.cache
def copy_of_tree() -> Path:
    tree = BUILD / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    for name in run(["git", "ls-files"], cwd=ROOT).stdout.splitlines():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    run(["git", "init", "-q"], cwd=tree)  # the scripts list the files of their repository
    run(["git", "add", "-A"], cwd=tree)
    return tree


def survivors_alone(each: Mutation) -> list[str]:
    compiles = all(split(proof)[0].endswith(".cpp") for proof in each.fails)
    texts = mutated([each], switched=False)
    if compiles:
        overlay = BUILD / "alone"
        shutil.rmtree(overlay, ignore_errors=True)
        write_overlay(overlay, texts)
        passes = [proof for proof in each.fails if passes_static(proof, overlay)]
    else:
        tree = copy_of_tree()
        write_overlay(tree, texts)
        passes = [proof for proof in each.fails if passes_in_copy(proof, tree)]
        write_overlay(tree, {name: (ROOT / name).read_text(encoding="utf-8") for name in texts})
    return [f"still passes without {each.out!r}: {proof}" for proof in passes]


def main() -> int:
    parser = argparse.ArgumentParser(description="Takes protections out and sees their tests fail.")
    parser.add_argument(
        "--check", action="store_true", help="compile nothing, only look whether the lists fit"
    )
    parser.add_argument("--only", default="", help="mutations whose words, files or proofs contain this")
    parser.add_argument("--untried", action="store_true", help="mutations that nobody saw yet")
    parser.add_argument("--program", help="tests of one folder that are one program, such as runtime/driver")
    options = parser.parse_args()
    wrong = problems()
    if options.check or wrong:
        print("\n".join(wrong) or f"{len(mutations())} mutations fit the tree")
        return 1 if wrong else 0
    asked = [
        each for each in mutations() if options.only in f"{each}" and (each.untried or not options.untried)
    ]
    BUILD.mkdir(parents=True, exist_ok=True)
    survivors: list[str] = []
    folders = sorted({folder_of(proof) for each in asked if each.is_switched for proof in each.fails})
    for folder in [folder for folder in folders if options.program in (None, folder)]:
        of = [
            each
            for each in asked
            if each.is_switched and any(folder_of(proof) == folder for proof in each.fails)
        ]
        found = survivors_in_program(folder, of)
        print(f"{folder}: {len(of)} mutations", *found, sep="\n", flush=True)
        survivors += found
    alone = [each for each in asked if not each.is_switched and options.program is None]
    for each in alone:
        found = survivors_alone(each)
        print(f"{each.out}: {len(each.fails)} proofs", *found, sep="\n", flush=True)
        survivors += found
    proofs = sum(len(each.fails) for each in asked)
    print(f"{len(asked)} mutations, {proofs} proofs, {len(survivors)} still pass")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
