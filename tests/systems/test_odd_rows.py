# SPDX-License-Identifier: MIT
"""Rows that no program should have written: they survive byte for byte, and both `upgrade` and `verify`
tell of them, by table, column and key, never by value."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from legacy_files import Program, query

AT = "2026-01-01 00:00:00.000000"
SECRET = "hunter2"
KEYS = [f"00000000-0000-4000-8000-{n:012}" for n in range(40)]
KERNEL = {"app_id": "a", "created_at": AT, "updated_at": AT}
TEXT = {"content": "x", "content_type": "text/plain"}

# (table, its row with something odd, what is to be told of it)
Finding = tuple[str, str, str]
ODD: dict[str, tuple[str, dict[str, Any], Finding]] = {
    "run-of-no-prompt": (
        "optimizations",
        {"created_at": AT, "raw_prompt": "x", "status": "completed", "prompt_id": KEYS[39]},
        ("optimizations", "prompt_id", "dangling_key"),
    ),
    "prompt-of-no-project": (
        "prompts",
        {
            "content": "x",
            "version": 1,
            "project_id": KEYS[39],
            "order_index": 0,
            "created_at": AT,
            "updated_at": AT,
        },
        ("prompts", "project_id", "dangling_key"),
    ),
    "version-of-no-prompt": (
        "prompt_versions",
        {"prompt_id": KEYS[39], "version": 1, "content": "x", "created_at": AT},
        ("prompt_versions", "prompt_id", "dangling_key"),
    ),
    "version-of-no-run": (
        "prompt_versions",
        {"prompt_id": KEYS[0], "version": 1, "content": "x", "optimization_id": KEYS[39], "created_at": AT},
        ("prompt_versions", "optimization_id", "dangling_key"),
    ),
    "tags": (
        "optimizations",
        {"created_at": AT, "raw_prompt": "x", "status": "completed", "tags": f'["{SECRET}'},
        ("optimizations", "tags", "not_json"),
    ),
    "empty-list": (
        "optimizations",
        {"created_at": AT, "raw_prompt": "x", "status": "completed", "weaknesses": ""},
        ("optimizations", "weaknesses", "not_json"),
    ),
    "profile": (
        "projects",
        {
            "name": "P",
            "status": "active",
            "context_profile": f"{{{SECRET}",
            "created_at": AT,
            "updated_at": AT,
        },
        ("projects", "context_profile", "not_json"),
    ),
    "time": (
        "optimizations",
        {"created_at": f"{SECRET} o'clock", "raw_prompt": "x", "status": "completed"},
        ("optimizations", "created_at", "not_timestamp"),
    ),
    "time-as-number": (
        "projects",
        {"name": "P", "status": "active", "created_at": AT, "updated_at": b"\x00"},
        ("projects", "updated_at", "wrong_type"),
    ),
    "retried-run": (
        "optimizations",
        {"created_at": AT, "raw_prompt": "x", "status": "completed", "retry_of": SECRET},
        ("optimizations", "retry_of", "not_uuid"),
    ),
    "setting": (
        "app_settings",
        KERNEL | {"key": "k", "value": f"{{{SECRET}"},
        ("app_settings", "value", "not_json"),
    ),
    "collection-of-no-collection": (
        "app_collections",
        KERNEL | {"name": "x", "parent_id": KEYS[39]},
        ("app_collections", "parent_id", "dangling_key"),
    ),
    "document-of-no-collection": (
        "app_documents",
        KERNEL | {"name": "x", "collection_id": KEYS[39], **TEXT},
        ("app_documents", "collection_id", "dangling_key"),
    ),
    "document-metadata": (
        "app_documents",
        KERNEL | {"name": "x", "metadata_json": SECRET, **TEXT},
        ("app_documents", "metadata_json", "not_json"),
    ),
    "folder-of-no-folder": (
        "vfs_folders",
        KERNEL | {"name": "x", "parent_id": KEYS[39], "depth": 3},
        ("vfs_folders", "parent_id", "dangling_key"),
    ),
    "folder-metadata": (
        "vfs_folders",
        KERNEL | {"name": "y", "depth": 0, "metadata_json": ""},
        ("vfs_folders", "metadata_json", "not_json"),
    ),
    "file-of-no-folder": (
        "vfs_files",
        KERNEL | {"name": "x", "folder_id": KEYS[39], "version": 1, **TEXT},
        ("vfs_files", "folder_id", "dangling_key"),
    ),
    "file-metadata": (
        "vfs_files",
        KERNEL | {"name": "x", "metadata_json": f"[{SECRET}", "version": 1, **TEXT},
        ("vfs_files", "metadata_json", "not_json"),
    ),
    "version-of-no-file": (
        "vfs_file_versions",
        {"file_id": KEYS[39], "version": 1, "content": "x", "created_at": AT},
        ("vfs_file_versions", "file_id", "dangling_key"),
    ),
    "log-details": (
        "audit_log",
        {"app_id": "a", "action": "x", "resource_type": "x", "timestamp": AT, "details_json": f'"{SECRET}'},
        ("audit_log", "details_json", "not_json"),
    ),
    "log-time": (
        "audit_log",
        {"app_id": "a", "action": "x", "resource_type": "x", "timestamp": f"{SECRET} o'clock"},
        ("audit_log", "timestamp", "not_timestamp"),
    ),
    "usage-time": (
        "app_usage",
        {"app_id": "a", "resource": "x", "period": "2026-02-20T14", "count": 1, "updated_at": ""},
        ("app_usage", "updated_at", "not_timestamp"),
    ),
}


def add(path: Path, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    query(path, f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())


def told(report: dict[str, Any]) -> set[Finding]:
    return {(each["table"], each["column"], each["problem"]) for each in report["odd_rows"]}


def cells(path: Path, table: str, key: str) -> list[Any]:
    db = sqlite3.connect(path)
    db.text_factory = bytes
    rows = db.execute(f"SELECT * FROM {table} WHERE id = ?", [key])
    names = [column[0] for column in rows.description]
    row = dict(zip(names, rows.fetchone(), strict=True))
    db.close()
    return [(name, value, type(value)) for name, value in sorted(row.items())]


@pytest.mark.parametrize("spelling", ["orm", "statements"])
def test_odd_rows_survive_and_are_told(program: Program, legacy: Callable[..., Path], spelling: str) -> None:
    path = legacy({*range(1, 43)}, spelling, filled=False, kernel=spelling)
    keys = dict(zip(ODD, KEYS[1:], strict=False))
    add(path, "prompts", ODD["prompt-of-no-project"][1] | {"id": KEYS[0], "project_id": KEYS[0]})
    add(path, "projects", ODD["profile"][1] | {"id": KEYS[0], "name": "Home", "context_profile": None})
    for name, (table, row, _) in ODD.items():
        row = row | ({"name": name} if table == "projects" else {})
        add(path, table, {"id": keys[name]} | row)
    before = {name: cells(path, ODD[name][0], key) for name, key in keys.items()}
    upgraded = program.json("upgrade", path)
    assert told(upgraded) == {finding for _, _, finding in ODD.values()}
    for name, (table, _, finding) in ODD.items():
        after = {column: (value, kind) for column, value, kind in cells(path, table, keys[name])}
        for column, value, kind in before[name]:
            assert after[column] == (value, kind), (name, column)
        (entry,) = [each for each in upgraded["odd_rows"] if (each["table"], each["column"]) == finding[:2]]
        assert entry["rows"] == 1 and entry["examples"] == [keys[name]]
    verified = program.json("verify", path)
    assert verified["ok"] is True and verified["odd_rows"] == upgraded["odd_rows"]
    lines = program.run("verify", path).stdout.splitlines()
    said = f"    prompts.project_id: 1 row refers to no row of projects: {keys['prompt-of-no-project']}"
    assert said in lines
    assert SECRET not in json.dumps(verified) + "\n".join(lines)


def test_the_text_of_an_upgrade_tells_them(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy(filled=False)
    add(path, "optimizations", {"id": KEYS[1]} | ODD["tags"][1])
    text = program.run("upgrade", path).stdout
    assert "rows that are not what the schema says, and stay as they are:" in text
    assert f"optimizations.tags: 1 row does not hold JSON: {KEYS[1]}" in text
    assert SECRET not in text


def test_an_up_to_date_start_does_not_look(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy(filled=False)
    add(path, "optimizations", {"id": KEYS[1]} | ODD["tags"][1])
    assert len(program.json("upgrade", path)["odd_rows"]) == 1
    again = program.json("upgrade", path)
    assert again["odd_rows"] == []
    assert again["start"]["statements"] <= 9


@pytest.mark.parametrize("command", ["upgrade", "verify"])
def test_many_are_counted_and_a_few_named(
    program: Program, legacy: Callable[..., Path], command: str
) -> None:
    path = legacy(filled=False)
    query(
        path,
        """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
           INSERT INTO optimizations (id, created_at, raw_prompt, status, prompt_id)
           SELECT printf('00000000-0000-4000-8000-%012d', i), ?, 'x', 'completed', ? FROM n""",
        AT,
        KEYS[0],
    )
    report = program.json("upgrade", path)
    if command == "verify":
        report = program.json("verify", path)
    (entry,) = report["odd_rows"]
    assert entry["rows"] == 1000 and len(entry["examples"]) == 5 and entry["expected"] == "prompts"
    assert "and 995 more" in program.run("verify", path).stdout
