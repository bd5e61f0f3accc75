# SPDX-License-Identifier: MIT
"""Every era behaves like every other: the same rows in files of all histories, each upgraded, and then the
same operations of the repositories (tests/programs/repository_walk.cpp), whose answers must be one text.

A row, or a column of it, that a file's era had no place for is added after the upgrade."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from legacy_files import Program, built_program, query
from legacy_schema import ERAS, REBUILDS, create, entries_of_era
from test_adoption import HALF_REBUILT, HISTORIES, grow, run_script


def key(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def at(day: int) -> str:
    return f"2025-03-{day + 1:02} 12:00:00.000000"


def run(number: int, raw_prompt: str, **row: Any) -> dict[str, Any]:
    row = {"created_at": at(number), "status": "completed"} | row
    return {"id": key(number), "raw_prompt": raw_prompt} | row


def dated(row: dict[str, Any], day: int = 1) -> dict[str, Any]:
    return row | {"created_at": at(day), "updated_at": at(day)}


def prompt(number: int, **row: Any) -> dict[str, Any]:
    return dated({"id": key(number), "version": 1} | row)


def ours(number: int, **row: Any) -> dict[str, Any]:
    return dated({"id": key(number), "app_id": "promptforge"} | row)


def former(number: int, file: int, version: int, source: str | None) -> dict[str, Any]:
    row = {"id": key(number), "file_id": key(file), "version": version, "content": f"former {version}"}
    return row | {"change_source": source, "created_at": at(version)}


def logged(number: int, day: int, **row: Any) -> dict[str, Any]:
    entry = {"id": key(number), "app_id": "promptforge", "action": "update", "resource_type": "vfs_file"}
    return entry | {"timestamp": at(day)} | row


MISSING = key(999)
TEXT = {"content": "text", "content_type": "text/plain"}
DOCUMENT = {"content": "{}", "content_type": "application/json"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "optimizations": [
        run(1, "Write a poem", project="Alpha", overall_score=0.9, tags='["urgent", "draft"]'),
        run(2, "Fix the bug", project="Alpha", overall_score=0.5, framework_applied="few-shot"),
        run(3, "Write a poem", project="Alpha", overall_score=0.6, created_at="2025-03-04 12:00:00"),
        run(4, "", project="Alpha", overall_score=0.7, created_at="2025-03-05T12:00:00+02:00"),
        run(5, "Explain", project="Alpha", status="running", tags="not JSON", weaknesses='["open'),
        run(6, "Write a poem", project="Beta", strategy="risen", secondary_frameworks='["co-star"]'),
        run(7, "Plan", project="Beta", status="cancelled", conciseness_score=0.5, retry_of=MISSING),
        run(8, "Of no project", project="", framework_applied="role-based", input_tokens=12),
        run(9, "Of no prompt", prompt_id=MISSING),
        run(10, "Odd time", created_at="yesterday"),
        run(11, "NUL\0and 日本", tags='["ü", 1, null]', codebase_context_snapshot="{}"),
    ],
    "projects": [
        dated({"id": key(21), "name": "Shelf", "description": "of poems", "status": "archived", "depth": 0}),
        dated({"id": key(22), "name": "Gone", "status": "deleted", "depth": 0}, 2),
        dated(
            {"id": key(23), "name": "Odd", "status": "active", "depth": 0, "context_profile": "{not json"}, 3
        ),
    ],
    "prompts": [
        dated({"id": key(31), "content": "First", "version": 3, "project_id": key(21), "order_index": 0}),
        dated({"id": key(32), "content": "Second", "version": 1, "project_id": key(21), "order_index": 1}),
        dated(
            {"id": key(33), "content": "Of no project", "version": 1, "project_id": MISSING, "order_index": 0}
        ),
    ],
    "prompt_versions": [
        {"id": key(41), "prompt_id": key(31), "version": 1, "content": "Old", "created_at": at(1)},
        {"id": key(42), "prompt_id": MISSING, "version": 1, "content": "Of no prompt", "created_at": at(1)},
        {"id": key(43), "prompt_id": key(31), "version": 2, "content": "Of no run", "created_at": at(1)}
        | {"optimization_id": MISSING},
    ],
    "github_connections": [
        dated({"id": key(51), "github_user_id": "42", "github_username": "octo", "token_valid": 1})
        | {"access_token_encrypted": "gAAA"},
    ],
    "workspace_links": [
        dated(
            {"id": key(52), "project_id": key(21), "github_connection_id": key(51), "sync_status": "synced"}
        )
        | {"repo_full_name": "octo/repo", "repo_url": "u", "default_branch": "main", "sync_source": "github"}
        | {"file_tree_snapshot": '["a.py", "b/c.py"]', "workspace_context": '{"language": "Python"}'},
    ],
    "github_oauth_config": [
        dated({"id": key(53), "client_id": "Iv1", "client_secret_encrypted": "gAAB", "scope": "repo"})
        | {"redirect_uri": "http://localhost/callback"},
    ],
    "app_settings": [
        ours(61, key="theme", value='{"is": "dark"}'),
        ours(64, app_id="odd", key="broken", value="{not json"),
        ours(65, app_id="odd", key="sound", value="null"),
    ],
    "app_usage": [
        {"id": key(62), "app_id": "promptforge", "resource": "api_calls", "period": "2026-02-20T14"}
        | {"count": 4, "updated_at": at(1)},
    ],
    "app_collections": [
        ours(71, name="drafts"),
        ours(72, name="drafts", parent_id=key(71)),
        ours(73, app_id="odd", name="of none", parent_id=MISSING),
    ],
    "app_documents": [
        ours(74, name="b", collection_id=key(72), **DOCUMENT),
        ours(75, name="a", metadata_json='{"a": "\\u00fc"}', **DOCUMENT | {"content": "NUL\0and 日本"}),
        ours(76, app_id="odd", name="of none", collection_id=MISSING, **DOCUMENT),
        ours(77, app_id="broken", name="metadata", metadata_json="{not json", **DOCUMENT),
    ],
    "vfs_folders": [
        ours(81, name="notes", depth=0),
        ours(82, name="notes", depth=1, parent_id=key(81), metadata_json="{}"),
        ours(83, app_id="odd", name="of none", depth=4, parent_id=MISSING),
    ],
    "vfs_files": [
        ours(63, name="a.txt", version=1, **TEXT),
        ours(84, name="b.txt", version=3, folder_id=key(82), **TEXT),
        ours(85, app_id="odd", name="of none", version=1, folder_id=MISSING, **TEXT),
    ],
    "vfs_file_versions": [
        former(86, 84, 1, None),
        former(87, 84, 2, "restore"),
        former(88, 999, 1, "of no file"),
    ],
    "audit_log": [
        logged(91, 1, resource_id=key(63), details_json='{"keys": ["theme"]}'),
        logged(92, 2),
        logged(93, 1, app_id="odd", timestamp="yesterday"),
        logged(94, 1, app_id="broken", details_json="[1, 2"),
    ],
}


def put_rows(path: Path, after: bool = False) -> None:
    """What the file has a place for; after the upgrade, the rest."""
    db = sqlite3.connect(path)
    for table, rows in ROWS.items():
        known = {name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")}
        there = {name for (name,) in db.execute(f"SELECT id FROM {table}")} if known else set()
        for row in rows if known else ():
            names = [name for name in row if name in known]
            values = [row[name] for name in names]
            if row["id"] not in there:
                marks = ", ".join("?" * len(names))
                db.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
            elif after:
                for name, value in zip(names, values, strict=True):
                    rows_without = f"UPDATE {table} SET {name} = ? WHERE id = ? AND {name} IS NULL"
                    db.execute(rows_without, [value, row["id"]])
    db.commit()
    db.close()


Make = Callable[[Path], None]  # of a file, with the rows that it has a place for


def era(entries: set[int], spelling: str, rebuilt: bool = False, kernel: str = "none") -> Make:
    def make(path: Path) -> None:
        create(str(path), entries, spelling, rebuilt, kernel)
        put_rows(path)

    return make


def history(name: str) -> Make:
    def make(path: Path) -> None:
        grow(path, HISTORIES[name])
        put_rows(path)

    return make


def half_rebuilt(script: str) -> Make:
    def make(path: Path) -> None:
        era(set(range(1, 43)), "statements", kernel="statements")(path)
        run_script(path, script)

    return make


SPELLINGS = ("orm", "statements")
FILES: dict[str, Make] = {
    "no-list": era(set(), "orm"),
    **{f"prefix8-{one}": era(set(range(1, 9)), one, kernel=one) for one in SPELLINGS},
    **{f"prefix24-{one}": era(set(range(1, 25)), one) for one in SPELLINGS},
    **{f"era{n}-{one}": era(entries_of_era(n), one) for n in ERAS for one in SPELLINGS},
    **{f"rebuilt-{one}": era(set(range(1, 43)), one, True, kernel=one) for one in SPELLINGS},
    **{name: history(name) for name in ("through-all-eras", "statements-then-orm", "back-and-forth")},
    **{state: half_rebuilt(script) for state, script in HALF_REBUILT.items()},
    **{
        f"rows-in-the-copy-{n}": half_rebuilt(rebuild.split("ALTER TABLE")[0])
        for n, rebuild in enumerate(REBUILDS)
    },
}
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d:\d\d\.\d{6}Z?")


def walk(path: Path) -> list[str]:
    """What the operations answered; keys that the upgrade made up are named by their order, moments <now>."""
    done = subprocess.run(
        [built_program("repository_walk"), path], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    made_up: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        text = match[0]
        return text if text.startswith("00000000-") else made_up.setdefault(text, f"<key {len(made_up)}>")

    yesterday = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d")
    text = UUID.sub(named, done.stdout)
    return TIME.sub(lambda match: match[0] if match[1] < yesterday else "<now>", text).splitlines()


def behaviour(program: Program, path: Path, make: Make) -> list[str]:
    make(path)
    done = program.run("upgrade", path)
    assert done.returncode == 0, done.stderr
    put_rows(path, after=True)
    return walk(path)


@pytest.fixture(scope="module")
def expected(program: Program, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Of the latest file that the earlier program made itself."""
    return behaviour(program, tmp_path_factory.mktemp("latest") / "legacy.db", FILES["rebuilt-orm"])


@pytest.mark.parametrize("name", FILES)
def test_every_file_behaves_like_every_other(
    program: Program, tmp_path: Path, expected: list[str], name: str
) -> None:
    found = behaviour(program, tmp_path / "legacy.db", FILES[name])
    assert found == expected


def test_the_walk_meets_what_it_is_for(expected: list[str]) -> None:
    """Otherwise equal texts would say little."""
    text = "\n".join(expected)
    for part in (
        "project Alpha: 1 of 1",
        "prompts of Alpha: 3 of 3",
        "runs of Alpha: 5 of 5",
        "runs of a week: 7",
        "all runs: throws",
        "time stamp",
        "UNIQUE constraint failed",
        "FOREIGN KEY constraint failed",
        "its folder: no",
        "its link: no",
        "Server interrupted",
        "few-shot-scaffolding",
        "<now>",
        "settings of odd: throws",
        "collections of promptforge: 2 of 2",
        "collections of odd: 1 of 1",
        "documents of promptforge: 2 of 2",
        "documents of broken: throws",
        "folders of odd: 1 of 1",
        "files of promptforge: 2 of 2",
        "former contents of b.txt: 2 of 2",
        "former contents of no file: 1 of 1",
        "log of promptforge: 2 of 2",
        "log of odd: throws",
        "log of broken: throws",
    ):
        assert part in text, part
    assert len(expected) > 90


def test_a_difference_is_noticed(program: Program, tmp_path: Path, expected: list[str]) -> None:
    """The instrument itself: without one index, key or link of the upgraded file the text is another one."""
    harms = [
        "DROP INDEX uq_projects_root_name",
        "UPDATE optimizations SET prompt_id = NULL",
        "UPDATE app_documents SET collection_id = NULL",
    ]
    for harm in harms:
        path = tmp_path / "legacy.db"
        FILES["era38-orm"](path)
        assert program.run("upgrade", path).returncode == 0
        put_rows(path, after=True)
        query(path, harm)
        assert walk(path) != expected, harm
        path.unlink()
