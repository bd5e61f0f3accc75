# SPDX-License-Identifier: MIT
"""promptforge_db on the command line: exit codes, messages that name the cure, JSON, file modes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from legacy_files import MIGRATIONS, Program, assert_stopped, assert_upgraded, digests, query

LAST = max(number for schema, number in MIGRATIONS if schema == "promptforge")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_upgrade_says_what_was_done_and_what_was_so(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy()
    report = program.json("upgrade", path)
    assert report["command"] == "upgrade" and report["ok"] is True
    schemas = {schema["schema"]: schema for schema in report["schemas"]}
    assert list(schemas) == ["kernel", "promptforge"]
    assert [m["version"] for m in schemas["kernel"]["migrations"]] == list(range(1, 25))
    by_version = {m["version"]: m for m in schemas["promptforge"]["migrations"]}
    assert list(by_version) == list(range(LAST + 1))
    assert all(by_version[n]["outcome"] in ("already", "recorded") for n in [*range(0, 38), 42])
    assert all(by_version[n]["outcome"] == "applied" for n in [*range(38, 42), 43, 44, 51, 53, 54, 55])
    for version, column in ((46, "legacy_strategies"), (49, "prompt_ids")):
        assert by_version[version]["title"] == column and by_version[version]["rows"] > 0


def test_a_second_upgrade_has_nothing_to_do(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy()
    program.json("upgrade", path)
    report = program.json("upgrade", path)
    assert [schema["migrations"] for schema in report["schemas"]] == [[], []]
    assert [(step["name"], step["rows"]) for s in report["schemas"] for step in s["every_start"]] == [
        ("stale_running", 0)
    ]


def test_status_before_and_after(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy()
    before = digests(path)
    report = program.json("status", path)
    assert [(s["schema"], s["version"]) for s in report["schemas"]] == [
        ("kernel", None),
        ("promptforge", None),
    ]
    assert digests(path) == before, "status wrote to the file"
    program.json("upgrade", path)
    report = program.json("status", path)
    assert [(s["schema"], s["version"], s["pending"]) for s in report["schemas"]] == [
        ("kernel", 24, 0),
        ("promptforge", LAST, 0),
    ]
    accepted = [difference for schema in report["schemas"] for difference in schema["accepted"]]
    assert any("status" in text for text in accepted), "the ORM's tables lack defaults, which is recorded"


def test_verify_finds_what_is_missing(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy()
    program.json("upgrade", path)
    query(path, "DROP INDEX ix_prompts_project_id")
    done = program.run("verify", path)
    assert done.returncode == 1
    assert "ix_prompts_project_id" in done.stdout


def test_modes_are_hardened(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy()
    path.chmod(0o644)
    assert program.run("upgrade", path).returncode == 0
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)


def test_a_shared_directory_is_left_alone(program: Program, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    done = program.run("upgrade", shared / "new.db")
    assert done.returncode == 0, done.stderr
    assert (mode(shared), mode(shared / "new.db")) == (0o1777, 0o600)


@pytest.mark.parametrize(
    "arguments", [[], ["upgrade"], ["improve", "x.db"], ["upgrade", "x.db", "--yaml"], ["upgrade", "a", "b"]]
)
def test_wrong_usage(program: Program, arguments: list[str]) -> None:
    done = program.run(*arguments)
    assert done.returncode == 2
    assert "usage: promptforge_db" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("command", ["verify", "status"])
def test_a_missing_file_is_not_created(program: Program, tmp_path: Path, command: str) -> None:
    done = program.run(command, tmp_path / "none.db")
    assert done.returncode == 3
    assert "upgrade" in done.stderr, "the message says what to do"
    assert not (tmp_path / "none.db").exists()


def test_a_missing_directory(program: Program, tmp_path: Path) -> None:
    done = program.run("upgrade", tmp_path / "none" / "new.db")
    assert done.returncode == 3
    assert "director" in done.stderr


def test_what_is_no_database_is_left_alone(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("This is no database. " * 100)
    before = path.read_bytes()
    done = program.run("upgrade", path)
    assert done.returncode == 3
    assert "database" in done.stderr
    assert path.read_bytes() == before


def test_a_file_in_use_is_reported_as_busy(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy(rows=50)
    query(path, "PRAGMA journal_mode = DELETE")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    done = program.run("upgrade", path)
    holder.execute("ROLLBACK")
    holder.close()
    assert done.returncode == 5, done.stderr
    assert program.run("upgrade", path).returncode == 0


def test_an_altered_record_of_migrations_is_refused(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy(rows=50)
    program.json("upgrade", path)
    query(
        path, "UPDATE _forge_ledger SET hash = 'tampered' WHERE schema_name = 'promptforge' AND version = 9"
    )
    query(path, "CREATE TABLE moves_the_cookie (x)")
    done = program.run("upgrade", path)
    assert done.returncode == 4
    assert "9" in done.stderr


def test_a_failed_upgrade_can_be_run_again(
    program: Program, legacy: Callable[..., Path], tmp_path: Path
) -> None:
    """What the migrations before it did stays; of the failed one, which linked some rows, nothing does."""
    path = legacy(rows=50)
    query(
        path,
        "CREATE TRIGGER no_links BEFORE UPDATE OF prompt_id ON optimizations "
        "WHEN (SELECT count(*) FROM optimizations WHERE prompt_id IS NOT NULL) > 3 "
        "BEGIN SELECT raise(abort, 'no'); END",
    )
    before = Path(shutil.copy(path, tmp_path / "before.db"))
    links = "SELECT id, prompt_id FROM optimizations ORDER BY id"
    done = program.run("upgrade", path)
    assert done.returncode == 4
    assert "49" in done.stderr or "prompt_ids" in done.stderr
    assert assert_stopped(before, path) == len(MIGRATIONS) - (LAST - 49 + 1)
    assert query(path, links) == query(before, links)
    query(path, "DROP TRIGGER no_links")
    assert program.run("upgrade", path).returncode == 0
    assert_upgraded(before, path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_file(program: Program, legacy: Callable[..., Path]) -> None:
    path = legacy(rows=50)
    path.chmod(0o400)
    assert program.run("upgrade", path).returncode == 3


def test_help_is_no_error(program: Program) -> None:
    result = program.run("--help")
    assert result.returncode == 0 and result.stdout.startswith("usage: ")


def test_a_file_name_that_is_no_utf8(program: Program, legacy: Callable[..., Path]) -> None:
    path = Path(os.fsdecode(os.fsencode(legacy()) + b"\xff"))
    Path(str(path)[:-1]).rename(path)
    assert program.json("upgrade", path)["ok"] is True
