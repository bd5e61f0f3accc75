#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares a legacy file with the same file after `promptforge_db upgrade`, by rules in plain Python.

    check_upgrade.py LEGACY UPGRADED

Shares no code with the program: every table is read as it lies, the data rules are applied to lists of
rows in memory, and each difference from what the upgraded file holds is an error.  Prints a line for each
thing checked; exits 1 if one of them does not hold.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]
ALIASES = {
    "few-shot": "few-shot-scaffolding",
    "role-based": "persona-assignment",
    "constraint-focused": "constraint-injection",
    "structured-enhancement": "role-task-format",
}
TIMES = {
    "optimizations": ("created_at",),
    "projects": ("created_at", "updated_at", "workspace_synced_at"),
    "prompts": ("created_at", "updated_at"),
    "prompt_versions": ("created_at",),
    "github_connections": ("created_at", "updated_at"),
    "workspace_links": ("created_at", "updated_at", "last_synced_at"),
    "github_oauth_config": ("created_at", "updated_at"),
}
# Columns that a data step may change; all others must come through byte for byte.
CHANGED = {
    "optimizations": {"created_at", "framework_applied", "strategy", "prompt_id", "status", "error_message"},
    "projects": {"created_at", "updated_at", "workspace_synced_at", "name"},
}
TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):(\d\d))?", re.ASCII
)


def canonical(text: Any) -> Any:
    """The canonical form of a time stamp, or the value itself where it is none."""
    match = TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return text
    *numbers, fraction, _, sign, hours, minutes = match.groups()
    try:
        at = datetime(*map(int, numbers), int((fraction or "").ljust(6, "0")[:6]))
        if sign:
            at -= timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    except (ValueError, OverflowError):
        return text
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


class File:
    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        self.names = [name for (name,) in self.db.execute(tables)]

    def rows(self, table: str) -> list[Row]:
        if table not in self.names:
            return []
        cursor = self.db.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def violations(self) -> Counter[tuple[str, str]]:
        return Counter((table, parent) for table, _, parent, _ in self.db.execute("PRAGMA foreign_key_check"))


def by_id(rows: Iterable[Row]) -> dict[Any, Row]:
    return {row["id"]: row for row in rows}


def digest(rows: Iterable[Row], columns: Iterable[str]) -> str:
    names = sorted(columns)
    lines = sorted(repr([(type(row.get(name)).__name__, row.get(name)) for name in names]) for row in rows)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


class Expected:
    """What the data rules make of a legacy file. New rows have the id None."""

    def __init__(self, old: File) -> None:
        self.tables = {table: old.rows(table) for table in TIMES}
        self.odd = self._canonical_times()
        self.alias_cells = self._strategies()
        self.new_projects = self._legacy_projects()
        self.missing = self._missing_prompts()
        self.links = self._prompt_ids()
        self.renamed = self._root_names()

    def _canonical_times(self) -> int:
        odd = 0
        for table, columns in TIMES.items():
            for row in self.tables[table]:
                for name in columns:
                    if row.get(name) is not None:
                        row[name] = canonical(row[name])
                        odd += not (
                            isinstance(row[name], str)
                            and re.fullmatch(r"[-\d]{10} [:\d]{8}\.\d{6}", row[name])
                        )
        return odd

    def _strategies(self) -> int:
        cells = 0
        for row in self.tables["optimizations"]:
            for name in ("framework_applied", "strategy"):
                if row.get(name) in ALIASES:
                    row[name] = ALIASES[row[name]]
                    cells += 1
        return cells

    def _legacy_projects(self) -> list[Row]:
        known = {row["name"] for row in self.tables["projects"]}
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["optimizations"]:
            if row["project"] and row["project"] not in known:
                groups[row["project"]].append(row)
        made = []
        for name, rows in groups.items():
            first: dict[str, str] = {}
            for row in rows:
                if row["raw_prompt"]:
                    first[row["raw_prompt"]] = min(
                        first.get(row["raw_prompt"], row["created_at"]), row["created_at"]
                    )
            texts = sorted(first, key=lambda text: first[text])
            project = {"id": None, "name": name, "created_at": min(row["created_at"] for row in rows)}
            project |= {
                "status": "active",
                "description": "Migrated from optimization history",
                "parent_id": None,
            }
            project |= {"depth": 0, "texts": texts, "first": first}
            made.append(project)
        return made

    def _missing_prompts(self) -> dict[Any, tuple[int, set[str]]]:
        """For each project that gets some: the first new position, and the texts."""
        contents: dict[Any, set[str]] = defaultdict(set)
        last: dict[Any, int] = {}
        for row in self.tables["prompts"]:
            contents[row["project_id"]].add(row["content"])
            last[row["project_id"]] = max(last.get(row["project_id"], -1), row["order_index"])
        named: dict[str, list[Row]] = defaultdict(list)
        for project in self.tables["projects"]:
            if project["status"] != "deleted":
                named[project["name"]].append(project)
        missing: dict[Any, set[str]] = defaultdict(set)
        for row in self.tables["optimizations"]:
            if row.get("prompt_id") is None and row["project"] and row["raw_prompt"]:
                for project in named[row["project"]]:
                    if row["raw_prompt"] not in contents[project["id"]]:
                        missing[project["id"]].add(row["raw_prompt"])
        return {project: (last.get(project, -1) + 1, texts) for project, texts in missing.items()}

    def _prompt_ids(self) -> set[Any]:
        """Optimizations that must be linked. To which prompt: one of that text in a project of that name."""
        texts: dict[str, set[str]] = defaultdict(set)
        names = by_id(self.tables["projects"])
        for row in self.tables["prompts"]:
            if row["project_id"] in names:
                texts[names[row["project_id"]]["name"]].add(row["content"])
        for project, (_, added) in self.missing.items():
            texts[names[project]["name"]] |= added
        for project in self.new_projects:
            texts[project["name"]] |= set(project["texts"])
        return {
            row["id"]
            for row in self.tables["optimizations"]
            if row.get("prompt_id") is None and row["project"] and row["raw_prompt"] in texts[row["project"]]
        }

    def _root_names(self) -> set[Any]:
        roots: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["projects"]:
            if row.get("parent_id") is None:
                roots[row["name"]].append(row)
        taken = set(roots)
        renamed = set()
        for name, rows in sorted(roots.items()):
            rows.sort(key=lambda row: (row["status"] == "deleted", row["created_at"], row["id"]))
            number = 2
            for row in rows[1:]:
                while f"{name} ({number})" in taken:
                    number += 1
                row["name"] = f"{name} ({number})"
                taken.add(row["name"])
                renamed.add(row["id"])
        return renamed


class Checks:
    def __init__(self, old_path: str, new_path: str) -> None:
        self.old, self.new = File(old_path), File(new_path)
        self.want = Expected(self.old)
        self.failed = 0
        self.report: Callable[[str], None] = print

    def check(self, what: str, holds: bool, detail: str = "") -> None:
        self.failed += not holds
        self.report(f"{'ok  ' if holds else 'FAIL'}  {what}{'' if holds or not detail else ': ' + detail}")

    def run(self) -> int:
        self.now = {table: self.new.rows(table) for table in TIMES}
        self.untouched()
        self.times_and_strategies()
        self.stale()
        self.projects()
        self.prompts()
        self.links()
        self.usage()
        self.storage()
        worse = self.new.violations() - self.old.violations()
        self.check("no foreign key is violated that was not before", not worse, str(dict(worse)))
        self.check(
            "SQLite finds the file intact",
            self.new.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok",
        )
        return self.failed

    def untouched(self) -> None:
        others = [name for name in self.old.names if name not in TIMES and name != "app_usage"]
        cells = 0
        for table in [*TIMES, *others]:
            before = self.old.rows(table)
            if not before:
                continue
            ids = {row.get("id") for row in before}
            after = [row for row in self.new.rows(table) if "id" not in row or row["id"] in ids]
            columns = set(before[0]) - CHANGED.get(table, set()) - set(TIMES.get(table, ()))
            same = len(before) == len(after) and digest(before, columns) == digest(after, columns)
            self.check(
                f"{table}: {len(before)} rows kept, {len(columns)} untouched columns have the same digest",
                same,
            )
            cells += len(before) * len(columns)
        self.check(f"{cells} cells that no step may touch are the same byte for byte", not self.failed)

    def times_and_strategies(self) -> None:
        wrong = changed = 0
        for table, columns in TIMES.items():
            now, old = by_id(self.now[table]), by_id(self.old.rows(table))
            for row in self.want.tables[table]:
                for name in columns:
                    wrong += now.get(row["id"], {}).get(name) != row.get(name)
                    changed += old[row["id"]].get(name) != row.get(name)
        odd = self.want.odd
        self.check(
            f"{changed} time stamps have the canonical form now, {odd} unreadable ones are as they were",
            not wrong,
        )
        now = by_id(self.now["optimizations"])
        names = ("framework_applied", "strategy")
        wrong = sum(
            now[row["id"]].get(n) != row.get(n) for row in self.want.tables["optimizations"] for n in names
        )
        self.check(f"{self.want.alias_cells} old strategy names are replaced, all others kept", not wrong)
        left = sum(row.get(name) in ALIASES for row in self.now["optimizations"] for name in names)
        self.check("no old strategy name is left", not left)

    def stale(self) -> None:
        """A run that became stale between the upgrade and this check may be either."""
        now = by_id(self.now["optimizations"])
        cutoff = (datetime.now(UTC) - timedelta(minutes=30)).strftime("%Y-%m-%d %H:%M:%S.%f")
        surely = (datetime.now(UTC) - timedelta(minutes=31)).strftime("%Y-%m-%d %H:%M:%S.%f")
        ended = wrong = running = 0
        for row in self.want.tables["optimizations"]:
            got = (now[row["id"]]["status"], now[row["id"]]["error_message"])
            if row["status"] == "running" and row["created_at"] < cutoff:
                ended += got == ("error", "Server interrupted")
                wrong += got != ("error", "Server interrupted") and row["created_at"] < surely
            else:
                wrong += got != (row["status"], row["error_message"])
                running += row["status"] == "running"
        self.check(
            f"{ended} stale runs are errors, {running} recent ones still run, no other status changed",
            not wrong,
        )

    def projects(self) -> None:
        now = by_id(self.now["projects"])
        wrong = [row["id"] for row in self.want.tables["projects"] if now[row["id"]]["name"] != row["name"]]
        self.check(
            f"{len(self.want.renamed)} root projects with a name taken got a number", not wrong, str(wrong)
        )
        roots = Counter(row["name"] for row in self.now["projects"] if row.get("parent_id") is None)
        self.check("names of root projects are unique", not any(n > 1 for n in roots.values()))
        old = {row["id"] for row in self.want.tables["projects"]}
        made = {row["name"]: row for row in self.now["projects"] if row["id"] not in old}
        names = ("name", "description", "status", "parent_id", "depth", "created_at")
        same = len(made) == len(self.want.new_projects) and all(
            made.get(row["name"], {}).get(name) == row[name]
            for row in self.want.new_projects
            for name in names
        )
        self.check(f"{len(self.want.new_projects)} projects were made from history", same)
        self.made = made

    def prompts(self) -> None:
        known = {row["id"] for row in self.want.tables["prompts"]}
        added: dict[Any, list[tuple[int, str]]] = defaultdict(list)
        for row in self.now["prompts"]:
            if row["id"] not in known:
                added[row["project_id"]].append((row["order_index"], row["content"]))
        wrong = total = 0
        for project in self.want.new_projects:
            got = sorted(added.pop(self.made.get(project["name"], {}).get("id"), []))
            first = project["first"]
            wrong += [index for index, _ in got] != list(range(len(project["texts"])))
            wrong += {text for _, text in got} != set(project["texts"])
            wrong += [first.get(text) for _, text in got] != [first[text] for text in project["texts"]]
            total += len(got)
        self.check(f"{total} prompts were made with them, in the order of first use", not wrong)
        wrong = len(added.keys() ^ self.want.missing.keys())
        total = 0
        for project, (start, texts) in self.want.missing.items():
            got = sorted(added.get(project, []))
            wrong += [index for index, _ in got] != list(range(start, start + len(texts)))
            wrong += {text for _, text in got} != texts
            total += len(got)
        self.check(
            f"{total} missing prompts were added at the end of {len(self.want.missing)} projects", not wrong
        )

    def links(self) -> None:
        prompts = by_id(self.now["prompts"])
        projects = by_id(self.now["projects"])
        before = by_id(self.want.tables["projects"])
        names = {key: self.old_name(key, row, before) for key, row in projects.items()}
        old = by_id(self.want.tables["optimizations"])
        wrong = 0
        for row in self.now["optimizations"]:
            if row["id"] not in self.want.links:
                wrong += row["prompt_id"] != old[row["id"]].get("prompt_id")
                continue
            prompt = prompts.get(row["prompt_id"])
            wrong += prompt is None or prompt["content"] != row["raw_prompt"]
            wrong += prompt is not None and names.get(prompt["project_id"]) != row["project"]
        self.check(
            f"{len(self.want.links)} optimizations were linked to the prompt of their text, all others kept",
            not wrong,
        )

    def old_name(self, key: Any, row: Row, before: dict[Any, Row]) -> str:
        """The name before the roots got unique ones; that is the name optimizations know."""
        name = str(row["name"])
        return re.sub(r" \(\d+\)$", "", name) if key in self.want.renamed and key in before else name

    def storage(self) -> None:
        owners = {row["id"]: row["app_id"] for row in self.new.rows("vfs_files")}
        sizes: Counter[Any] = Counter()
        for table in ("app_documents", "vfs_files", "vfs_file_versions"):
            for row in self.new.rows(table):
                owner = owners.get(row["file_id"]) if table == "vfs_file_versions" else row["app_id"]
                if owner is not None:
                    sizes[owner] += len(row["content"].encode("utf-8", "surrogateescape"))
        kept = {row["app_id"]: row["bytes"] for row in self.new.rows("app_storage")}
        self.check(
            f"{sizes.total()} bytes of {len(sizes)} applications' contents are added up",
            kept == sizes,
            str(kept),
        )

    def usage(self) -> None:
        old: Counter[tuple[str, str, str]] = Counter()
        for row in self.old.rows("app_usage"):
            old[row["app_id"], row["resource"], row["period"]] += row["count"]
        rows = self.new.rows("app_usage")
        got = {(row["app_id"], row["resource"], row["period"]): row["count"] for row in rows}
        if old:
            self.check(
                f"{len(old)} usage counters, duplicates added up", got == dict(old) and len(rows) == len(old)
            )


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    checks = Checks(*sys.argv[1:])
    return 1 if checks.run() else 0


if __name__ == "__main__":
    sys.exit(main())
