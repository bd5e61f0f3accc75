# SPDX-License-Identifier: MIT
"""What the machine and other programs do to a file: an error that names the cure, and the file as it was."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from crashes import FaultPoints, fresh_copy, side_files
from legacy_files import Program, assert_settled, assert_stopped, assert_upgraded, query

NO_FILE, FAILED, IN_USE = 3, 4, 5
NOBODY = 65534


def refused(
    program: Program, path: Path, code: int, *words: str, command: str = "upgrade", **how: Any
) -> str:
    """It fails with this code and these words, in one line, and the file is as it was, byte for byte."""
    regular = path.is_file()
    before = path.read_bytes() if regular else b""
    done = program.run(command, path, **how)
    assert done.returncode == code, done.stderr + done.stdout
    assert done.stdout == ""
    message = done.stderr.splitlines()[-1]
    for word in words:
        assert word in message, done.stderr
    if regular:
        assert path.read_bytes() == before
    return message


# What is no database


def make_directory(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def make_link_circle(path: Path) -> None:
    path.symlink_to(path.name)


def make_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere/x.db")


def make_other_in_place_of_the_log(path: Path) -> None:
    sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close()
    Path(f"{path}-wal").mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_directory, ["to be a file; it is a directory"]),
        (os.mkfifo, ["to be a regular file; it is a device, pipe or socket"]),
        (make_socket, ["to be a regular file; it is a device, pipe or socket"]),
        (make_link_circle, ["a link to itself", "point it elsewhere"]),
        (make_dangling_link, ['a link to "nowhere/x.db"', "create it or its directory"]),
        (make_other_in_place_of_the_log, ["x.db-wal", "move away what has its name"]),
        (lambda path: path.write_text("This is a letter. " * 100), ["to be a SQLite database"]),
        (lambda path: path.write_bytes(b"SQLite format 3"), ["to be a SQLite database"]),
    ],
)
def test_what_is_no_database(
    program: Program, tmp_path: Path, make: Callable[[Path], object], words: list[str]
) -> None:
    path = tmp_path / "x.db"
    make(path)
    there = sorted(tmp_path.iterdir())
    refused(program, path, NO_FILE, *words)
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("command", ["upgrade", "verify", "status"])
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_devices(program: Program, device: str, command: str) -> None:
    refused(program, Path(device), NO_FILE, "to be a regular file", command=command)


def test_a_name_that_is_too_long(program: Program, tmp_path: Path) -> None:
    done = program.run("upgrade", tmp_path / ("x" * 300))
    assert done.returncode == NO_FILE
    assert "is too long" in done.stderr


def test_a_link_to_a_place_that_exists_is_followed(program: Program, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to("target.db")
    assert program.run("upgrade", link).returncode == 0
    assert (tmp_path / "target.db").stat().st_size > 0


# Damage


@pytest.fixture(scope="module")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from legacy_files import fill
    from legacy_schema import create, entries_of_era

    path = tmp_path_factory.mktemp("old") / "before.db"
    create(str(path), entries_of_era(38), "orm")
    fill(path, 150)
    return path


@pytest.fixture
def path(old_file: Path, tmp_path: Path) -> Path:
    return fresh_copy(old_file, tmp_path / "data" / "legacy.db")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


def cut_in_the_first_page(path: Path) -> None:
    os.truncate(path, 100)


def scribble(path: Path) -> None:
    """Over a page of a table that only a late migration reads."""
    db = sqlite3.connect(path)
    page, size = db.execute(
        "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'prompts'"
    ).fetchone()
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


@pytest.mark.parametrize("damage", [cut, cut_in_the_first_page, scribble])
def test_a_damaged_file_is_refused_before_anything_is_written(
    program: Program, path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    refused(program, path, NO_FILE, "damaged", "restore a copy", ".recover")


# Rights


@contextlib.contextmanager
def somebody_elses(path: Path, program: Program) -> Iterator[tuple[Path, Program, dict[str, Any]]]:
    """The file in a folder that every user reaches; run as a user without special rights."""
    with tempfile.TemporaryDirectory(prefix="forge_db_") as name:
        folder = Path(name)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir(mode=0o755)
        copy = Path(shutil.copy(path, data / "legacy.db"))
        binary = Path(shutil.copy(program.path, folder / "promptforge_db"))
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        if user:
            for each in (data, copy):
                os.chown(each, NOBODY, NOBODY)
        yield copy, Program(binary), user


@pytest.mark.parametrize(
    ("mode", "folder_mode", "words"),
    [
        (0o400, 0o755, ["to be writable by this user"]),
        (0o000, 0o755, ["to be readable by this user", "change its mode"]),
        (0o644, 0o555, ["the directory", "to be writable by this user", "change its mode"]),
        (0o644, 0o000, ["the directory", "to be open to this user", "change its mode"]),
    ],
    ids=["read-only-file", "unreadable-file", "read-only-folder", "closed-folder"],
)
def test_without_the_right(
    program: Program, path: Path, mode: int, folder_mode: int, words: list[str]
) -> None:
    with somebody_elses(path, program) as (file, copy, user):
        before = file.read_bytes()
        file.chmod(mode)
        file.parent.chmod(folder_mode)
        tries = [copy.run(command, file, **user) for command in ("upgrade", "status")]
        file.parent.chmod(0o755)
        file.chmod(0o644)
        if mode == 0o400:
            assert tries.pop().returncode == 0, "reading is allowed"
            Path(f"{file}-wal").unlink()  # which leaves these, since removing them is a write
            Path(f"{file}-shm").unlink()
        for done in tries:
            assert done.returncode == NO_FILE, done.stderr
            for word in words:
                assert word in done.stderr
        assert file.read_bytes() == before
        assert side_files(file) == []
        assert copy.run("upgrade", file, **user).returncode == 0, "the cure cures"


# Space and limits


def test_a_full_disk_at_any_moment(
    program: Program, old_file: Path, path: Path, fault_points: FaultPoints
) -> None:
    """From some write on there is no space. Migrations that are committed stay, of the one that failed there
    is nothing, and the next start goes on."""
    command = [str(program.path), "upgrade", str(path)]
    operations = fault_points.count(command, path)
    points = 60 if pytest.full else 4
    failures = 0
    reached: list[int] = []
    for number in range(points):
        at = 1 + number * (operations * 9 // 10) // points
        fresh_copy(old_file, path)
        done = program.run("upgrade", path, env=fault_points.environment(path, "full", at))
        if done.returncode == 0:  # all was committed, and only the log could not be copied into the file
            assert all(not each["migrations"] for each in program.json("upgrade", path)["schemas"]), at
            continue
        failures += 1
        assert done.returncode in (NO_FILE, FAILED), (at, done.stderr)
        assert "the disk is full; free some space and try again" in done.stderr, at
        if at == 1:
            assert path.read_bytes() == old_file.read_bytes(), "nothing could be written"
        reached.append(assert_stopped(old_file, path))
        assert program.run("upgrade", path).returncode == 0
        assert_upgraded(old_file, path)
    assert failures >= 0.9 * points
    assert reached == sorted(reached) and len(set(reached)) >= 3, "it stopped in different migrations"


def test_an_input_output_error_at_any_moment(
    program: Program, old_file: Path, path: Path, fault_points: FaultPoints
) -> None:
    command = [str(program.path), "upgrade", str(path)]
    operations = fault_points.count(command, path)
    points = 60 if pytest.full else 3
    for number in range(points):
        at = 1 + number * (operations * 9 // 10) // points
        fresh_copy(old_file, path)
        done = program.run("upgrade", path, env=fault_points.environment(path, "io", at))
        if done.returncode != 0:  # SQLite tries some operations again, or does without
            assert "rror" in done.stderr and "Traceback" not in done.stderr, (at, done.stderr)
            assert_stopped(old_file, path)
        assert program.run("upgrade", path).returncode == 0
        assert_upgraded(old_file, path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("no right to mount; the test above fills the disk without")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(program: Program, old_file: Path, small_disk: Path) -> None:
    file = Path(shutil.copy(old_file, small_disk / "legacy.db"))
    filler = small_disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as rest:
        while rest.write(b"x" * 4096):
            pass
    refused(program, file, FAILED, "the disk is full", "free some space")
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert program.run("upgrade", file).returncode == 0
    assert side_files(file) == []
    assert_upgraded(old_file, file)


def limited(kind: int, limit: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (limit, limit))


def test_a_limit_of_file_sizes(program: Program, old_file: Path, path: Path) -> None:
    """`ulimit -f`: an error with a text, and no death by signal."""
    done = program.run("upgrade", path, preexec_fn=limited(resource.RLIMIT_FSIZE, 100_000))
    assert done.returncode == NO_FILE, done.stderr
    assert "its limits" in done.stderr
    assert program.run("upgrade", path).returncode == 0
    assert_upgraded(old_file, path)


def test_a_limit_of_open_files(program: Program, path: Path) -> None:
    """`ulimit -n`: enough to load the program, too few for the file and its log."""
    refused(program, path, NO_FILE, "ulimit -n", preexec_fn=limited(resource.RLIMIT_NOFILE, 4))


# Other programs


def test_a_file_that_another_program_has_locked(program: Program, path: Path) -> None:
    before = path.read_bytes()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN IMMEDIATE")
    for command in ("upgrade", "status"):
        done = program.run(command, path)
        assert done.returncode == IN_USE, done.stderr
        assert "another connection holds the database; try again when it is done" in done.stderr
    holder.execute("ROLLBACK")
    assert path.read_bytes() == before
    holder.close()
    assert program.run("upgrade", path).returncode == 0
    assert_settled(program, path)


@pytest.mark.parametrize("command", ["verify", "status"])
def test_reading_leaves_nothing_behind(program: Program, path: Path, command: str) -> None:
    before = path.read_bytes()
    program.run(command, path)
    assert side_files(path) == []
    assert path.read_bytes() == before


def test_reading_leaves_the_files_of_others_alone(program: Program, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM prompts").fetchone()
    program.run("status", path)
    assert side_files(path) == ["legacy.db-shm", "legacy.db-wal"]
    other.execute("ROLLBACK")
    other.execute("CREATE TABLE t (x)")
    program.run("status", path)
    assert Path(f"{path}-wal").stat().st_size > 0
    other.close()
    assert side_files(path) == []


@pytest.mark.parametrize("doing", ["BEGIN; SELECT count(*) FROM prompts", "BEGIN IMMEDIATE"])
def test_a_file_with_a_rollback_journal_that_another_program_uses(
    program: Program, path: Path, doing: str
) -> None:
    """Readers and writers exclude each other there."""
    query(path, "PRAGMA journal_mode = DELETE")
    before = path.read_bytes()
    other = sqlite3.connect(path, isolation_level=None)
    for statement in doing.split(";"):
        other.execute(statement).fetchall()
    done = program.run("upgrade", path)
    other.execute("ROLLBACK")
    other.close()
    assert done.returncode == IN_USE, done.stderr
    assert "another connection holds the database; try again when it is done" in done.stderr
    assert path.read_bytes() == before
    assert side_files(path) == []
    assert program.run("upgrade", path).returncode == 0


def test_a_reader_of_a_log_sees_the_file_as_it_was(program: Program, old_file: Path, path: Path) -> None:
    columns = "SELECT name FROM pragma_table_info('optimizations')"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    before = other.execute(columns).fetchall()
    assert program.run("upgrade", path).returncode == 0
    assert other.execute(columns).fetchall() == before
    other.execute("ROLLBACK")
    assert len(other.execute(columns).fetchall()) > len(before)
    other.close()
    assert_upgraded(old_file, path)


def test_a_writer_of_a_log_is_waited_for(program: Program, old_file: Path, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    running = subprocess.Popen([program.path, "upgrade", path], stderr=subprocess.PIPE, text=True)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(0.5)
    other.execute("ROLLBACK")
    other.close()
    _, errors = running.communicate(timeout=300)
    assert running.returncode == 0, errors
    assert_upgraded(old_file, path)
