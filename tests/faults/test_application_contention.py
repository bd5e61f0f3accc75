# SPDX-License-Identifier: MIT
"""The operations of PromptForge and of its kernel that two programs ran into each other with, by many at once
(tests/programs/application_contention.cpp): nothing fails, nothing is there twice, and nothing is lost.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from crowds import CROWDS, ROUNDS, together
from legacy_files import built_program

PROGRAM = "application_contention"
QUOTA = 100
FORMER_TEXTS = (("prompt_versions", "prompts"), ("vfs_file_versions", "vfs_files"))

Do = Callable[[str], int]
Rows = Callable[[str], list[tuple]]
pytestmark = pytest.mark.parametrize(("programs", "threads"), CROWDS)


@pytest.fixture(scope="module")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "new.db"
    subprocess.run([built_program(PROGRAM), path, "create"], check=True, timeout=60)
    return path


@pytest.fixture
def file(new_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(new_file, tmp_path / "system.db"))


@pytest.fixture
def do(file: Path, programs: int, threads: int) -> Do:
    """Has all of them do it; the sum of what they were told."""
    return lambda what: together(PROGRAM, file, what, programs, threads)


@pytest.fixture
def calls(programs: int, threads: int) -> int:
    assert ROUNDS * programs * threads > 2 * ROUNDS
    return ROUNDS * programs * threads


@pytest.fixture
def rows(file: Path) -> Rows:
    def read(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute(sql).fetchall()

    return read


def test_prompts_get_positions_of_their_own(do: Do, calls: int, rows: Rows) -> None:
    assert do("add_prompt") == calls
    there = rows("SELECT order_index, content FROM prompts WHERE project_id IS NOT NULL ORDER BY order_index")
    assert [place for place, _ in there] == list(range(calls))
    assert len({content for _, content in there}) == calls


@pytest.mark.parametrize(
    ("what", "former", "current"),
    [("update_prompt", *FORMER_TEXTS[0]), ("update_file", *FORMER_TEXTS[1])],
    ids=["prompt", "file"],
)
def test_no_former_text_is_lost(do: Do, calls: int, rows: Rows, what: str, former: str, current: str) -> None:
    assert do(what) == calls
    assert rows(f"SELECT version FROM {current}") == [(calls + 1,)]
    assert rows(f"SELECT version FROM {former} ORDER BY version") == [(n + 1,) for n in range(calls)]
    texts = rows(f"SELECT content FROM {former} UNION ALL SELECT content FROM {current}")
    assert len(set(texts)) == calls + 1


@pytest.mark.parametrize(
    ("what", "former", "current"),
    [("update_prompt_that_was_read", *FORMER_TEXTS[0]), ("update_file_that_was_read", *FORMER_TEXTS[1])],
    ids=["prompt", "file"],
)
def test_what_was_read_before_is_not_written_over(
    do: Do, calls: int, rows: Rows, what: str, former: str, current: str
) -> None:
    """Each counts up the number that it read, and reads again when it is told that it came too late."""
    assert do(what) == calls
    assert rows(f"SELECT content, version FROM {current}") == [(str(calls), calls + 1)]
    texts = rows(f"SELECT content, version FROM {former} ORDER BY version")
    assert texts == [(str(n), n + 1) for n in range(calls)]


def test_a_project_that_all_ensure_is_made_once(do: Do, calls: int, rows: Rows) -> None:
    assert do("ensure_project") == calls
    assert sorted(rows("SELECT name FROM projects WHERE name <> 'Shared'")) == sorted(
        (f"Project {n}",) for n in range(ROUNDS)
    )


def test_a_prompt_that_all_ensure_is_made_once(do: Do, calls: int, rows: Rows) -> None:
    """Whatever the whitespace in it."""
    assert do("ensure_prompt") == calls
    there = rows("SELECT order_index, content FROM prompts WHERE project_id IS NOT NULL ORDER BY order_index")
    assert [place for place, _ in there] == list(range(ROUNDS))
    assert sorted(int(text.split()[1]) for _, text in there) == list(range(ROUNDS))


def test_an_account_is_there_once(do: Do, calls: int, rows: Rows) -> None:
    assert do("upsert_connection") == calls
    there = rows("SELECT github_user_id, github_username, access_token_encrypted FROM github_connections")
    assert sorted(int(user) for user, _, _ in there) == list(range(ROUNDS))
    assert all(name == token for _, name, token in there), "of one call"


def test_the_configuration_is_one_row(do: Do, calls: int, rows: Rows) -> None:
    assert do("upsert_oauth_config") == calls
    ((client, secret),) = rows("SELECT client_id, client_secret_encrypted FROM github_oauth_config")
    assert client == secret, "of one call"


def test_a_project_has_one_link(do: Do, rows: Rows) -> None:
    assert do("create_link") == ROUNDS, "of each project, one of them made it and was told so"
    links = rows("SELECT p.name FROM workspace_links JOIN projects p ON p.id = project_id")
    assert sorted(int(name) for (name,) in links) == list(range(ROUNDS))


def test_no_tag_is_lost(do: Do, calls: int, rows: Rows) -> None:
    assert do("update_tags") == calls
    ((text,),) = rows("SELECT tags FROM optimizations")
    tags = json.loads(text)
    assert tags.count("all") == 1
    assert len(tags) == len(set(tags)) == calls + 1


@pytest.mark.parametrize(
    ("what", "table"),
    [
        ("create_project", "projects"),
        ("create_folder", "vfs_folders"),
        ("create_collection", "app_collections"),
    ],
)
def test_a_name_is_taken_once(do: Do, rows: Rows, what: str, table: str) -> None:
    assert do(what) == ROUNDS, "each is made by one of them, and the others are told that it is taken"
    names = rows(f"SELECT name FROM {table} WHERE name <> 'Shared'")
    assert sorted(int(name) for (name,) in names) == list(range(ROUNDS))


def test_no_count_is_lost(do: Do, calls: int, rows: Rows) -> None:
    told = do("increment_usage")
    assert told == calls * (calls + 1) // 2, "each was told another count"
    assert rows("SELECT resource, period, count FROM app_usage") == [("calls", "2026-02-20T00", calls)]


def test_a_quota_grants_its_limit_and_no_more(do: Do, calls: int, rows: Rows) -> None:
    assert calls > QUOTA
    assert do("check_quota") == QUOTA
    assert rows("SELECT count FROM app_usage") == [(QUOTA,)]


def test_settings_of_one_session_stay_together(do: Do, calls: int, rows: Rows) -> None:
    assert do("set_settings") == calls
    there = rows("SELECT key, value FROM app_settings ORDER BY key")
    assert [key for key, _ in there] == ["first", "second", "third"]
    assert len({value for _, value in there}) == 1
