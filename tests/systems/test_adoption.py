# SPDX-License-Identifier: MIT
"""Files with a history: tables of several makers, rebuilds that stopped half-way, rows that nobody expects.

Whatever a file went through, it ends with the schema of every other one, as far as adoption promises.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from legacy_files import Program, assert_settled, assert_upgraded, fill, query
from legacy_schema import (
    ERAS,
    KERNEL,
    LIST,
    REBUILDS,
    REDIRECT_OLD,
    create,
    entries_of_era,
    kernel_models,
    models,
    run_swallowing,
)

History = list[tuple[int, str]]


def grow(path: Path, history: History) -> None:
    """Each (era, maker) is a start of the program of that era: `orm` makes missing tables first, as the web
    process does, `statements` only runs the list; columns are added to the tables of the eras before."""
    import sqlalchemy as sa

    engine = sa.create_engine(f"sqlite:///{path}")
    for number, (era, maker) in enumerate(history):
        entries = entries_of_era(era) if era in ERAS else set(range(1, era + 1))
        made = models(entries if maker == "orm" else set(), False)
        if maker == "orm" or number == 0:
            made.create_all(engine)
        db = sqlite3.connect(path)
        statements = [LIST[n - 1][0].replace("{redirect_uri}", REDIRECT_OLD) for n in sorted(entries)]
        run_swallowing(db, statements)
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
    engine.dispose()


HISTORIES: dict[str, History] = {
    "8-orm": [(8, "orm")],
    "24-orm": [(24, "orm")],
    "through-all-eras": [(0, "orm"), *[(era, "orm") for era in ERAS]],
    "through-all-eras-by-statements": [(0, "orm"), *[(era, "statements") for era in ERAS]],
    "orm-then-statements": [(22, "orm"), (42, "statements")],
    "statements-then-orm": [(22, "statements"), (30, "orm"), (42, "statements")],
    "first-release-then-last": [(0, "orm"), (42, "orm")],
    "back-and-forth": [(38, "orm"), (22, "statements"), (27, "orm"), (42, "statements")],
}


def affinity(declared: str) -> str:
    """SQLite's own rules, in its order."""
    text = declared.upper()
    if "INT" in text:
        return "integer"
    if any(word in text for word in ("CHAR", "CLOB", "TEXT")):
        return "text"
    if not text or "BLOB" in text:
        return "blob"
    if any(word in text for word in ("REAL", "FLOA", "DOUB")):
        return "real"
    return "numeric"


def shape(path: Path) -> dict[str, Any]:
    """The schema as it works: what equivalence of adopted files means, stated by plain pragmas. Left out is
    what adoption records instead of changing it: defaults and primary keys that accept NULL. The declared
    types of times are one, whoever made the table."""
    db = sqlite3.connect(path)
    found: dict[str, Any] = {}
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '[_s]*[_]*'"
    for (table,) in db.execute(names).fetchall():
        columns = {
            name: (
                "text" if kind in ("DATETIME", "TIMESTAMP") else affinity(kind),
                bool(null or key),
            )
            for _, name, kind, null, _, key in db.execute(f"PRAGMA table_info({table})")
        }
        keys = sorted(
            (column, target, to or "id", delete)
            for _, _, target, column, to, _, delete, _ in db.execute(f"PRAGMA foreign_key_list({table})")
        )
        indexes = {
            (
                bool(unique),
                tuple(c for (c,) in db.execute("SELECT name FROM pragma_index_info(?)", [name])),
                bool(partial),
            )
            for _, name, unique, _, partial in db.execute(f"PRAGMA index_list({table})")
        }
        found[table] = {"columns": columns, "keys": keys, "indexes": indexes}
    db.close()
    return found


@pytest.fixture(scope="module")
def expected(program: Program, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("fresh") / "new.db"
    assert program.run("upgrade", path).returncode == 0
    return shape(path)


def adopted(program: Program, path: Path, expected: dict[str, Any]) -> Path:
    """Upgrades the file and holds it against every promise; answers the copy from before."""
    before = Path(shutil.copy(path, path.with_name("before.db")))
    done = program.run("upgrade", path)
    assert done.returncode == 0, done.stderr + done.stdout
    assert_upgraded(before, path)
    assert_settled(program, path)
    found = shape(path)
    for table, parts in expected.items():
        for part, want in parts.items():
            assert found[table][part] == want, (table, part)
    return before


@pytest.mark.parametrize("history", HISTORIES)
def test_tables_of_several_makers(
    program: Program, tmp_path: Path, expected: dict[str, Any], history: str
) -> None:
    path = tmp_path / "legacy.db"
    grow(path, HISTORIES[history])
    fill(path, 150)
    adopted(program, path, expected)


@pytest.fixture
def era42(tmp_path: Path) -> Path:
    path = tmp_path / "legacy.db"
    create(str(path), entries_of_era(42), "statements", kernel="statements")
    fill(path, 150)
    return path


def run_script(path: Path, script: str) -> None:
    db = sqlite3.connect(path)
    db.executescript(script)
    db.close()


HALF_REBUILT = {
    "version-table-empty": "CREATE TABLE _schema_version (version INTEGER PRIMARY KEY)",
    "only-projects": REBUILDS[0]
    + "; CREATE TABLE _schema_version (version INTEGER PRIMARY KEY); INSERT INTO _schema_version VALUES (1)",
    "only-prompts": REBUILDS[1]
    + "; CREATE TABLE _schema_version (version INTEGER PRIMARY KEY); INSERT INTO _schema_version VALUES (2)",
    "both-but-unrecorded": ";".join(REBUILDS),
    "recorded-but-not-done": "CREATE TABLE _schema_version (version INTEGER PRIMARY KEY);"
    "INSERT INTO _schema_version VALUES (1), (2)",
    "empty-copy-left": REBUILDS[0].split("INSERT INTO")[0],
    "full-copy-left": REBUILDS[0].split("DROP TABLE")[0],
}


@pytest.mark.parametrize("state", HALF_REBUILT)
def test_rebuilds_that_stopped_half_way(
    program: Program, era42: Path, expected: dict[str, Any], state: str
) -> None:
    run_script(era42, HALF_REBUILT[state])
    before = adopted(program, era42, expected)
    versions = "SELECT name FROM sqlite_master WHERE name = '_schema_version'"
    if query(era42, versions):
        rows = "SELECT version FROM _schema_version ORDER BY 1"
        assert query(era42, rows) == query(before, rows)
    if "copy-left" in state:
        rows = "SELECT * FROM projects_new ORDER BY id"
        assert query(era42, rows) == query(before, rows)
        assert "projects_new" in program.run("verify", era42).stdout


@pytest.mark.parametrize(("rebuild", "table"), [(0, "projects"), (1, "prompts")])
def test_rows_that_are_in_the_copy_only(
    program: Program, era42: Path, expected: dict[str, Any], tmp_path: Path, rebuild: int, table: str
) -> None:
    """The earlier program died between dropping the old table and renaming the copy."""
    intact = Path(shutil.copy(era42, tmp_path / "intact.db"))
    run_script(era42, "CREATE VIEW living AS SELECT name FROM projects, prompts")
    run_script(era42, REBUILDS[rebuild].split("ALTER TABLE")[0])
    assert query(era42, "SELECT 1 FROM sqlite_master WHERE name = ?", table) == []
    report = program.json("upgrade", era42)
    assert len(report["repaired"]) == 1 and f"{table}_new" in report["repaired"][0]
    assert_upgraded(intact, era42)
    assert_settled(program, era42)
    found = shape(era42)
    assert {name: found[name] for name in expected} == expected
    assert query(era42, "SELECT 1 FROM sqlite_master WHERE name GLOB '*_new'") == []
    assert program.json("upgrade", era42)["repaired"] == []


def test_rows_that_nobody_expects_survive(program: Program, era42: Path) -> None:
    """Keys that are NULL or no uuid, numbers as text, blobs, invalid UTF-8, 1 MB of text: byte for byte."""
    at = "2026-01-01 00:00:00.000000"
    insert = """INSERT INTO optimizations (id, created_at, raw_prompt, status, tags, duration_ms)
                VALUES (?, ?, ?, ?, ?, ?)"""
    odd: list[tuple[object, ...]] = [
        ("", at, "empty key", "completed", "", "0x1F"),
        ("not a uuid", at, b"\x00\xff bytes", "unheard of", b"\xc3\x28", "12 ms"),
        (17, at, "x" * 1_000_000, "", "[" * 2000, 9223372036854775807),
    ]
    for row in odd:
        query(era42, insert, *row)
    query(
        era42,
        """INSERT INTO prompts (id, content, project_id, created_at, updated_at)
           SELECT NULL, 'no key', id, ?, ? FROM projects LIMIT 2""",
        at,
        at,
    )
    query(era42, "UPDATE prompts SET content = CAST(x'c328' AS TEXT) WHERE rowid = 3")
    texts = "SELECT rowid, hex(content), typeof(content) FROM prompts WHERE rowid = 3"
    wanted = [
        """SELECT id, raw_prompt, status, tags, duration_ms, typeof(raw_prompt), typeof(id)
           FROM optimizations WHERE id IN ('', 'not a uuid', '17') ORDER BY 2""",
        """SELECT rowid, content, version, project_id, order_index, created_at
           FROM prompts WHERE id IS NULL ORDER BY 1""",
        texts,
    ]
    kept = [query(era42, sql) for sql in wanted]
    assert [len(rows) for rows in kept] == [3, 2, 1]
    done = program.run("upgrade", era42)
    assert done.returncode == 0, done.stderr
    assert [query(era42, sql) for sql in wanted] == kept
    assert_settled(program, era42)


OBJECTS = """
    ALTER TABLE projects ADD COLUMN colour TEXT DEFAULT 'grey' COLLATE NOCASE;
    ALTER TABLE optimizations ADD COLUMN cost REAL;
    UPDATE projects SET colour = 'c' || rowid;
    CREATE INDEX mine ON prompts (content) WHERE version > 1;
    CREATE INDEX lower_names ON projects (lower(name));
    CREATE UNIQUE INDEX once ON optimizations (id, title);
    CREATE VIEW living AS SELECT p.name, r.content FROM projects p JOIN prompts r ON r.project_id = p.id;
    CREATE VIEW above AS SELECT * FROM living;
    CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL
        REFERENCES projects(id) ON DELETE CASCADE, note TEXT CHECK (note <> ''));
    INSERT INTO notes (project, note) SELECT id, 'n' || rowid FROM projects;
    DELETE FROM notes WHERE id = (SELECT max(id) FROM notes);
    CREATE TRIGGER told AFTER INSERT ON notes BEGIN
        UPDATE projects SET colour = 'noted' WHERE id = new.project; END;
    CREATE TABLE made (id);
    CREATE TRIGGER counted AFTER INSERT ON prompts BEGIN INSERT INTO made VALUES (new.id); END;
    CREATE TRIGGER seen INSTEAD OF DELETE ON living BEGIN SELECT 1; END;
"""


@pytest.mark.parametrize("era", [22, 38, 42])
def test_what_users_added_survives(program: Program, tmp_path: Path, era: int) -> None:
    path = tmp_path / "legacy.db"
    create(str(path), entries_of_era(era), "orm")
    fill(path, 150)
    run_script(path, OBJECTS)
    before = Path(shutil.copy(path, path.with_name("before.db")))
    done = program.run("upgrade", path)
    assert done.returncode == 0, done.stderr
    assert_upgraded(before, path)
    assert_settled(program, path)
    names = "'mine', 'lower_names', 'once', 'living', 'above', 'notes', 'told', 'counted', 'seen'"
    objects = f"SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name IN ({names}) ORDER BY 2"
    assert query(path, objects) == query(before, objects)
    for rows in ("SELECT * FROM notes", "SELECT seq FROM sqlite_sequence WHERE name = 'notes'"):
        assert query(path, rows) == query(before, rows)
    known = {key for (key,) in query(before, "SELECT id FROM projects")}
    colours = query(path, "SELECT id, colour FROM projects ORDER BY rowid")
    assert [row for row in colours if row[0] in known] == query(
        before, "SELECT id, colour FROM projects ORDER BY rowid"
    )
    prompts = "SELECT count(*) FROM prompts"
    added = query(path, prompts)[0][0] - query(before, prompts)[0][0]
    assert query(path, "SELECT count(*) FROM made") == [(added,)]
    assert query(path, "SELECT count(*) FROM above")[0][0] > 0
    assert query(path, "SELECT dflt_value FROM pragma_table_info('projects') WHERE name = 'colour'") == [
        ("'grey'",)
    ]


@pytest.mark.parametrize("made_by", ["orm", "statements", "mixed"])
def test_kernel_tables_of_each_maker(
    program: Program, tmp_path: Path, expected: dict[str, Any], made_by: str
) -> None:
    import sqlalchemy as sa

    path = tmp_path / "legacy.db"
    create(str(path), entries_of_era(42), "orm", kernel="none" if made_by == "mixed" else made_by)
    if (
        made_by == "mixed"
    ):  # three tables by an early process without audit and VFS, the others by the ORM later
        run_script(path, ";".join(KERNEL[:7]))
        engine = sa.create_engine(f"sqlite:///{path}")
        kernel_models().create_all(engine)
        engine.dispose()
    fill(path, 150)
    adopted(program, path, expected)
