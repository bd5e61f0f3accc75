#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that every proof that docs/facts.md names is there: `file` or `file: test`, below tests/.

A test is a Catch2 case of that name, or a Python function. A row without a proof must say "not built yet".
A mutation of tests/mutations makes each proof fail, or the last section of the page names it. The mutations
must fit the tree; scripts/mutations.py tries them.

The proofs of docs/systems/faults.md are there, too, and every fault of the two systems has its row.
"""

import re
import sys
from pathlib import Path

import mutations

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/facts.md"
FAULTS = ROOT / "docs/systems/faults.md"
FAULTS_OF = {"PromptForge": 19, "The kernel": 17}  # as many as their descriptions list
UNSEEN = "## Proofs that were not seen to fail"


def problem(proof: str) -> str | None:
    """What is wrong with one proof, or nothing."""
    name, _, test = proof.partition(": ")
    file = next((path for path in (ROOT / "tests" / name, ROOT / name) if path.exists()), None)
    if file is None:
        return f"there is no {name}"
    if not test:
        return None
    text = file.read_text(encoding="utf-8")
    joined = re.sub(r'"\s*\n\s*"', "", re.sub(r"TEST_CASE\(\s+", "TEST_CASE(", text))  # long names
    if f'TEST_CASE("{test}"' in joined or re.search(rf"^def {re.escape(test)}\(", text, re.MULTILINE):
        return None
    return f"{name} has no test {test!r}"


def unproven(named: set[str], unseen: set[str]) -> list[str]:
    """What is wrong between the page's proofs, its last section and the mutations."""
    failing = {proof for each in mutations.mutations() for proof in set(each.fails) - set(each.untried)}
    problems = [
        f"no mutation makes it fail, and the last section lacks it: {x}" for x in named - failing - unseen
    ]
    problems += [
        f"a mutation makes it fail, the last section should not name it: {x}" for x in unseen & failing
    ]
    problems += [f"no proof of the page, and yet in its last section: {x}" for x in unseen - named]
    return sorted(problems)


def fault_problems(page: str) -> list[str]:
    """What is wrong with the tables of faults: one for each system, numbered from 1.

    >>> fault_problems("## PromptForge\\n| 1 a | b | `x` |\\n")[:2]
    ['faults.md: PromptForge has the faults 1', 'faults.md: there is no x']
    """
    problems = []
    for system, last in FAULTS_OF.items():
        section = page.partition(f"## {system}\n")[2].partition("\n## ")[0]
        rows = [line.strip("| ").split(" | ") for line in section.splitlines() if re.match(r"\| \d", line)]
        numbers = [int(row[0].split()[0]) for row in rows]
        if numbers != list(range(1, last + 1)):
            problems.append(f"{system} has the faults {', '.join(map(str, numbers)) or 'none'}")
        for row in rows:
            proofs = re.findall(r"`([^`]+)`", row[-1]) if len(row) == 3 else []
            problems += [text for proof in proofs if (text := problem(proof))]
            if not proofs:
                problems.append(f"fault {row[0]!r} of {system} has no proof")
    return [f"{FAULTS.name}: {text}" for text in problems]


def main() -> int:
    problems, rows = mutations.problems(), 0
    problems += fault_problems(FAULTS.read_text(encoding="utf-8"))
    named: set[str] = set()
    page, _, last = TABLE.read_text(encoding="utf-8").partition(UNSEEN)
    for number, line in enumerate(page.splitlines(), start=1):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if not line.startswith("| ") or cells[0] == "fact":
            continue
        rows += 1
        if len(cells) != 3:
            problems.append(f"{TABLE.name}:{number}: {len(cells)} cells; a row is fact, what is done, proof")
            continue
        found = re.findall(r"`([^`]+)`", cells[2])
        named |= set(found)
        if not found and "not built yet" not in cells[1] + cells[2]:
            problems.append(f"{TABLE.name}:{number}: a row without a proof")
        problems += [f"{TABLE.name}:{number}: {text}" for proof in found if (text := problem(proof))]
    unseen = set(re.findall(r"^- `([^`]+)`", last, re.MULTILINE))
    problems += [text for each in mutations.mutations() for proof in each.fails if (text := problem(proof))]
    problems += unproven(named, unseen)
    print("\n".join(problems) or f"{rows} facts, {len(named)} proofs, {len(unseen)} not seen to fail")
    return 1 if problems or rows == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
