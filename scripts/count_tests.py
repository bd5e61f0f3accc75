#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up JUnit reports and closes with `N passed, N failed`.

usage: count_tests.py RUNNER_FAILED REPORT...

Exits 1 if a test failed, if a runner said so (RUNNER_FAILED is not 0), if a report is missing, or if
nothing ran.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def count(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped test cases of one report."""
    passed = failed = skipped = 0
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
            failed += 1
        elif case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main() -> int:
    runner_failed = sys.argv[1] != "0"
    reports = [Path(name) for name in sys.argv[2:]]
    missing = [report for report in reports if not report.exists()]
    for report in missing:
        print(f"no report {report.name}: its runner did not finish")
    counts = [count(report) for report in reports if report.exists()]
    passed, failed, skipped = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    failed += len(missing)
    if runner_failed and failed == 0:
        failed = 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
