# SPDX-License-Identifier: MIT
"""The cases that the description of the system works out by hand, stated again with their results."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from legacy_files import Program, query
from legacy_schema import entries_of_era

NEW = entries_of_era(42)


def add(path: Path, table: str, **row: Any) -> str:
    row = {"id": str(uuid.uuid4())} | row
    names = ", ".join(row)
    query(path, f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", *row.values())
    return str(row["id"])


def run(path: Path, **row: Any) -> str:
    at = "2026-01-01 00:00:00.000000"
    return add(path, "optimizations", **({"created_at": at, "raw_prompt": "", "status": "completed"} | row))


def project(
    path: Path, name: str, status: str = "active", at: str = "2025-01-01 00:00:00.000000", **row: Any
) -> str:
    return add(path, "projects", name=name, status=status, created_at=at, updated_at=at, **row)


def prompt(path: Path, project_id: str, content: str, order_index: int = 0) -> str:
    at = "2025-01-01 00:00:00.000000"
    more = {"version": 1, "created_at": at, "updated_at": at}
    return add(path, "prompts", project_id=project_id, content=content, order_index=order_index, **more)


def upgrade(program: Program, path: Path) -> dict[str, Any]:
    return program.json("upgrade", path)


def contents(path: Path, project_name: str) -> list[tuple[int, str]]:
    return query(
        path,
        """SELECT order_index, content FROM prompts JOIN projects p ON p.id = project_id
           WHERE p.name = ? ORDER BY 1""",
        project_name,
    )


@pytest.fixture
def empty(legacy: Callable[..., Path]) -> Path:
    return legacy(filled=False)


@pytest.fixture
def empty_new(legacy: Callable[..., Path]) -> Path:
    """The later state: projects are folders."""
    return legacy(NEW, rebuilt=True, filled=False)


def test_a_project_is_made_from_history(program: Program, empty: Path) -> None:
    for day, text in ((5, "Write a poem"), (2, "Write a poem"), (3, "Fix the bug"), (1, "")):
        run(empty, project="Alpha", raw_prompt=text, created_at=f"2026-01-0{day} 10:00:00.000000")
    upgrade(program, empty)
    made = query(empty, "SELECT name, description, status, parent_id, depth, created_at FROM projects")
    history = "Migrated from optimization history"
    assert made == [("Alpha", history, "active", None, 0, "2026-01-01 10:00:00.000000")]
    assert contents(empty, "Alpha") == [(0, "Write a poem"), (1, "Fix the bug")]
    linked = query(
        empty, "SELECT raw_prompt, count(*), count(prompt_id) FROM optimizations GROUP BY 1 ORDER BY 1"
    )
    assert linked == [("", 1, 0), ("Fix the bug", 1, 1), ("Write a poem", 2, 2)]


def test_prompts_are_added_to_an_archived_project(program: Program, empty: Path) -> None:
    shelf = project(empty, "Shelf", "archived")
    prompt(empty, shelf, "On the shelf", 5)
    run(empty, project="Shelf", raw_prompt="First orphan")
    run(empty, project="Shelf", raw_prompt="Second orphan")
    upgrade(program, empty)
    assert contents(empty, "Shelf") == [(5, "On the shelf"), (6, "First orphan"), (7, "Second orphan")]


def test_a_deleted_project_gets_no_prompt_but_links(program: Program, empty: Path) -> None:
    gone = project(empty, "Gone", "deleted")
    kept = prompt(empty, gone, "Kept text")
    first = run(empty, project="Gone", raw_prompt="Kept text")
    second = run(empty, project="Gone", raw_prompt="Lost text")
    upgrade(program, empty)
    assert contents(empty, "Gone") == [(0, "Kept text")]
    assert dict(query(empty, "SELECT id, prompt_id FROM optimizations")) == {first: kept, second: None}


def test_prompts_deleted_on_purpose_stay_deleted(program: Program, empty: Path) -> None:
    mine = project(empty, "Mine")
    linked = prompt(empty, mine, "Changed since")
    run(empty, project="Mine", raw_prompt="As it was", prompt_id=linked)
    upgrade(program, empty)
    assert contents(empty, "Mine") == [(0, "Changed since")]


def test_names_are_matched_as_they_are_written(program: Program, empty: Path) -> None:
    for name in ("   ", "alpha", "Alpha"):
        run(empty, project=name, raw_prompt="x")
    run(empty, project="", raw_prompt="x")
    run(empty, project=None, raw_prompt="x")
    upgrade(program, empty)
    assert sorted(query(empty, "SELECT name FROM projects")) == [("   ",), ("Alpha",), ("alpha",)]


@pytest.mark.parametrize(
    ("minutes", "status", "becomes"),
    [
        (45, "running", "error"),
        (31, "running", "error"),
        (29, "running", "running"),
        (45, "pending", "pending"),
        (45, "cancelled", "cancelled"),
        (45, "completed", "completed"),
    ],
)
def test_stale_runs_become_errors(
    program: Program, empty: Path, minutes: int, status: str, becomes: str
) -> None:
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    text = at.strftime("%Y-%m-%d %H:%M:%S.%f")
    run(empty, raw_prompt="x", status=status, created_at=text, error_message="earlier")
    upgrade(program, empty)
    message = "Server interrupted" if becomes != status else "earlier"
    assert query(empty, "SELECT status, error_message FROM optimizations") == [(becomes, message)]


def test_a_run_that_goes_stale_later_is_cleared_at_that_start(program: Program, empty: Path) -> None:
    upgrade(program, empty)
    run(empty, raw_prompt="x", status="running", created_at="2026-01-01 00:00:00.000000")
    report = upgrade(program, empty)
    steps = {s["schema"]: s["every_start"] for s in report["schemas"]}
    assert [(step["name"], step["rows"]) for step in steps["promptforge"]] == [("stale_running", 1)]
    assert query(empty, "SELECT status FROM optimizations") == [("error",)]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("2026-01-02 03:04:05.000007", "2026-01-02 03:04:05.000007"),
        ("2026-01-02 03:04:05.000007+00:00", "2026-01-02 03:04:05.000007"),
        ("2026-01-02 03:04:05+00:00", "2026-01-02 03:04:05.000000"),
        ("2026-01-02 03:04:05", "2026-01-02 03:04:05.000000"),
        ("2026-01-02T03:04:05Z", "2026-01-02 03:04:05.000000"),
        ("2026-01-02T05:04:05.5+02:00", "2026-01-02 03:04:05.500000"),
    ],
)
def test_time_stamps_get_one_form(program: Program, empty: Path, written: str, canonical: str) -> None:
    run(empty, created_at=written)
    upgrade(program, empty)
    assert query(empty, "SELECT created_at FROM optimizations") == [(canonical,)]


@pytest.mark.parametrize(
    "odd", ["yesterday", "", " 2026-01-02 03:04:05", "2026-02-30 00:00:00", b"\x00\xff", 1767322800]
)
def test_what_is_no_time_stamp_stays_and_is_reported(program: Program, empty: Path, odd: object) -> None:
    row = run(empty, created_at=odd)
    kind = "SELECT created_at, typeof(created_at) FROM optimizations"
    before = query(empty, kind)
    report = upgrade(program, empty)
    assert query(empty, kind) == before
    notes = [note for m in migrations(report) if m["title"] == "canonical_times" for note in m["notes"]]
    assert len(notes) == 1
    assert notes[0].startswith("optimizations.created_at: 1 ") and row in notes[0]


def migrations(report: dict[str, Any]) -> list[dict[str, Any]]:
    return next(s["migrations"] for s in report["schemas"] if s["schema"] == "promptforge")


def test_old_strategy_names_are_replaced_exactly(program: Program, empty: Path) -> None:
    names = ["few-shot", "role-based", "constraint-focused", "structured-enhancement", "chain-of-thought"]
    names += ["Few-Shot", " few-shot", "few-shot-scaffolding", None]
    for name in names:
        run(empty, strategy=name, framework_applied=name, secondary_frameworks='["few-shot"]')
    upgrade(program, empty)
    got = query(
        empty, "SELECT strategy, framework_applied, secondary_frameworks FROM optimizations ORDER BY rowid"
    )
    new = ["few-shot-scaffolding", "persona-assignment", "constraint-injection", "role-task-format"]
    want = [*new, *names[4:]]
    assert got == [(name, name, '["few-shot"]') for name in want]


def test_root_names_become_unique(program: Program, empty_new: Path) -> None:
    """Living ones keep the name first, then the oldest; nested ones may share it."""
    old = {"depth": 0, "parent_id": None}
    deleted = project(empty_new, "Twins", "deleted", "2024-01-01 00:00:00.000000", **old)
    younger = project(empty_new, "Twins", "active", "2024-03-01 00:00:00.000000", **old)
    older = project(empty_new, "Twins", "archived", "2024-02-01 00:00:00.000000", **old)
    taken = project(empty_new, "Twins (2)", **old)
    nested = project(empty_new, "Twins", depth=1, parent_id=taken)
    report = upgrade(program, empty_new)
    names = dict(query(empty_new, "SELECT id, name FROM projects"))
    assert names == {
        older: "Twins", younger: "Twins (3)", deleted: "Twins (4)", taken: "Twins (2)", nested: "Twins"
    }  # fmt: skip
    notes = [note for m in migrations(report) if m["title"] == "unique_root_names" for note in m["notes"]]
    assert len(notes) == 2 and younger in notes[0] and deleted in notes[1]
    with pytest.raises(sqlite3.IntegrityError):
        project(empty_new, "Twins", **old)


def test_versions_of_a_prompt_get_numbers_of_their_own(program: Program, empty_new: Path) -> None:
    """Of a prompt that has two numbers twice; another one keeps its gaps."""
    mine = project(empty_new, "Mine", depth=0)
    doubled, other = prompt(empty_new, mine, "now"), prompt(empty_new, mine, "other")
    query(empty_new, "UPDATE prompts SET version = 4 WHERE id = ?", doubled)
    for of, version, content, day in (
        (doubled, 1, "b", 2), (doubled, 1, "a", 1), (doubled, 2, "d", 4), (doubled, 2, "c", 3),
        (other, 2, "x", 1), (other, 5, "y", 2),
    ):  # fmt: skip
        at = f"2025-01-0{day} 00:00:00.000000"
        add(empty_new, "prompt_versions", prompt_id=of, version=version, content=content, created_at=at)
    report = upgrade(program, empty_new)
    numbers = "SELECT version, content FROM prompt_versions WHERE prompt_id = ? ORDER BY version"
    assert query(empty_new, numbers, doubled) == [(1, "a"), (2, "b"), (3, "c"), (4, "d")]
    assert query(empty_new, numbers, other) == [(2, "x"), (5, "y")]
    assert query(empty_new, "SELECT version FROM prompts ORDER BY content") == [(5,), (6,)]
    done = next(m for m in migrations(report) if m["title"] == "prompt_version_numbers")
    assert done["notes"] == ["3 versions of 1 prompt numbered anew"]
    with pytest.raises(sqlite3.IntegrityError):
        add(empty_new, "prompt_versions", prompt_id=other, version=5, content="z", created_at=at)


def test_rebuilds_keep_children(program: Program, empty: Path) -> None:
    """Dropping a table that others reference is what empties them, when it goes wrong."""
    mine = project(empty, "Mine")
    content = prompt(empty, mine, "Text")
    linked = run(empty, project="Mine", raw_prompt="Text", prompt_id=content)
    at = "2025-01-01 00:00:00.000000"
    version = {
        "prompt_id": content,
        "version": 1,
        "content": "Earlier",
        "optimization_id": linked,
        "created_at": at,
    }
    add(empty, "prompt_versions", **version)
    link = {
        "project_id": mine,
        "repo_full_name": "a/b",
        "repo_url": "u",
        "default_branch": "main",
        "created_at": at,
    }
    add(empty, "workspace_links", sync_status="synced", sync_source="github", updated_at=at, **link)
    upgrade(program, empty)
    assert query(empty, "SELECT prompt_id, optimization_id FROM prompt_versions") == [(content, linked)]
    assert query(empty, "SELECT project_id FROM workspace_links") == [(mine,)]
    assert query(empty, "SELECT prompt_id FROM optimizations") == [(content,)]
    keys = query(empty, 'SELECT "table", "from", on_delete FROM pragma_foreign_key_list(\'prompts\')')
    assert keys == [("projects", "project_id", "SET NULL")]
    assert query(empty, "SELECT \"notnull\" FROM pragma_table_info('prompts') WHERE name = 'project_id'") == [
        (0,)
    ]


AT = "2025-01-01 00:00:00.000000"


def kernel_row(path: Path, table: str, app: str, **row: Any) -> str:
    """Of one of the tables with both times; `made` is the day in January."""
    at = f"2025-01-0{row.pop('made', 1)} 00:00:00.000000"
    return add(path, table, app_id=app, created_at=at, updated_at=at, **row)


@pytest.fixture(params=["orm", "statements"])
def empty_kernel(request: pytest.FixtureRequest, legacy: Callable[..., Path]) -> Path:
    return legacy(filled=False, kernel=request.param)


def test_what_lies_in_another_application_moves_to_its_own_root(program: Program, empty_kernel: Path) -> None:
    path = empty_kernel
    theirs = kernel_row(path, "app_collections", "chat", name="theirs")
    kernel_row(path, "app_collections", "mail", name="mine", parent_id=theirs)
    for app in ("mail", "chat"):
        more = {"collection_id": theirs, "content_type": "text/plain", "content": ""}
        kernel_row(path, "app_documents", app, name="d", **more)
    folder = kernel_row(path, "vfs_folders", "chat", name="f", depth=0)
    mine = kernel_row(path, "vfs_folders", "mail", name="g", parent_id=folder, depth=1)
    kernel_row(path, "vfs_folders", "mail", name="h", parent_id=mine, depth=5)
    for app in ("mail", "chat"):
        more = {"folder_id": folder, "content_type": "text/plain", "content": "", "version": 1}
        kernel_row(path, "vfs_files", app, name="x", **more)
    upgrade(program, path)
    assert query(path, "SELECT app_id, parent_id FROM app_collections ORDER BY 1") == [
        ("chat", None),
        ("mail", None),
    ]
    assert query(path, "SELECT app_id, collection_id FROM app_documents ORDER BY 1") == [
        ("chat", theirs),
        ("mail", None),
    ]
    assert query(path, "SELECT name, parent_id, depth FROM vfs_folders ORDER BY 1") == [
        ("f", None, 0),
        ("g", None, 0),
        ("h", mine, 1),
    ]
    assert query(path, "SELECT app_id, folder_id FROM vfs_files ORDER BY 1") == [
        ("chat", folder),
        ("mail", None),
    ]


@pytest.mark.parametrize("table", ["app_collections", "vfs_folders"])
def test_root_names_of_an_application_become_unique(program: Program, empty_kernel: Path, table: str) -> None:
    path = empty_kernel
    more = {"depth": 0} if table == "vfs_folders" else {}
    for made, name in ((3, "Notes"), (1, "Notes"), (2, "Notes"), (4, "Notes (2)")):
        kernel_row(path, table, "mail", name=name, made=made, **more)
    kernel_row(path, table, "chat", name="Notes", **more)
    upgrade(program, path)
    assert query(path, f"SELECT app_id, name FROM {table} ORDER BY app_id, created_at") == [
        ("chat", "Notes"),
        ("mail", "Notes"),
        ("mail", "Notes (3)"),
        ("mail", "Notes (4)"),
        ("mail", "Notes (2)"),
    ]
    with pytest.raises(sqlite3.IntegrityError, match=rf"{table}\.name"):
        kernel_row(path, table, "mail", name="Notes", **more)


def test_versions_of_a_file_get_numbers_of_their_own(program: Program, empty_kernel: Path) -> None:
    path = empty_kernel
    more = {"content_type": "text/plain", "content": "now"}
    raced = kernel_row(path, "vfs_files", "mail", name="x", version=3, **more)
    sound = kernel_row(path, "vfs_files", "mail", name="y", version=6, **more)
    there = ((raced, 2, "c"), (raced, 1, "a"), (raced, 1, "b"), (sound, 3, "d"), (sound, 5, "e"))
    for file, version, content in there:
        add(path, "vfs_file_versions", file_id=file, version=version, content=content, created_at=AT)
    upgrade(program, path)
    numbers = "SELECT content, version FROM vfs_file_versions ORDER BY 1"
    assert query(path, numbers) == [("a", 1), ("b", 2), ("c", 3), ("d", 3), ("e", 5)]
    assert query(path, "SELECT name, version FROM vfs_files ORDER BY 1") == [("x", 4), ("y", 6)]
    with pytest.raises(sqlite3.IntegrityError, match=r"vfs_file_versions\.version"):
        add(path, "vfs_file_versions", file_id=raced, version=3, content="f", created_at=AT)
