# SPDX-License-Identifier: MIT
from __future__ import annotations

import datetime
import sqlite3
import time
import uuid
from collections.abc import Callable

import pytest
from kernel_client import Service

Row = tuple[str, int]


def fill(service: Service, table: str, rows: list[Row]) -> None:
    """Of each row: a name, and how many days old it is."""
    now = datetime.datetime.now(datetime.UTC)
    values = []
    for number, (name, days) in enumerate(rows):
        moment = now - datetime.timedelta(days=days, microseconds=len(rows) - number)
        text = f"{moment:%Y-%m-%d %H:%M:%S.%f}"
        key = str(uuid.uuid4())
        if table == "audit_log":
            values.append((key, ("notes", "other")[number % 2], "create", name, None, None, text))
        else:
            values.append((key, "notes", name, f"{moment:%Y-%m-%dT%H}", 1, text))
    with sqlite3.connect(service.file, timeout=60) as connection:
        places = ", ".join("?" * len(values[0]))
        connection.executemany(f"insert into {table} values ({places})", values)
    connection.close()


def left(service: Service) -> list[str]:
    """The names, those of the audit log first."""
    connection = sqlite3.connect(service.file)
    names = [row[0] for row in connection.execute("select resource_type from audit_log order by timestamp")]
    names += [row[0] for row in connection.execute("select resource from app_usage order by period, rowid")]
    connection.close()
    return names


def until(service: Service, expected: list[str]) -> None:
    """Waits for what comes by itself, and is in no hurry."""
    for _ in range(600):
        if left(service) == expected:
            return
        time.sleep(0.05)
    assert left(service) == expected


AGES = [("oldest", 4000), ("older", 9), ("old", 8), ("young", 6), ("new", 0)]


def test_what_is_older_than_the_days_goes_at_the_start(start: Callable[..., Service]) -> None:
    first = start()
    assert first.stop() == 0
    for table in ("audit_log", "app_usage"):
        fill(first, table, AGES)
    service = start("--keep-days", "7")
    until(service, ["young", "new"] * 2)
    service.post("/storage/notes/documents", {"name": "d", "content": "x"})
    assert service.stop() == 0
    assert left(service) == ["young", "new", "document", "young", "new", "api_calls"]


@pytest.mark.parametrize("options", [(), ("--keep-days", "0")])
def test_nothing_goes_where_no_days_are_given(
    start: Callable[..., Service], options: tuple[str, ...]
) -> None:
    first = start()
    assert first.stop() == 0
    for table in ("audit_log", "app_usage"):
        fill(first, table, AGES)
    service = start(*options)
    for number in range(5):
        service.post("/storage/notes/collections", {"name": f"c{number}"})
    assert service.stop() == 0
    names = [name for name, _ in AGES]
    assert left(service) == [*names, *["collection"] * 5, *names, "api_calls"]


def test_it_goes_in_steps_beside_the_requests(
    start: Callable[..., Service], capfd: pytest.CaptureFixture[str]
) -> None:
    """Of what is removed in one go, the row that cannot be would keep all."""
    first = start()
    assert first.stop() == 0
    fill(first, "audit_log", [("fixed" if number == 2500 else "old", 8) for number in range(2600)])
    connection = sqlite3.connect(first.file)
    connection.execute(
        "create trigger fixed before delete on audit_log when old.resource_type = 'fixed'"
        " begin select raise(abort, 'not this one'); end"
    )
    connection.close()
    service = start("--keep-days", "7")
    told = ""
    for _ in range(600):
        told += capfd.readouterr().err
        if "not this one" in told:
            break
        time.sleep(0.05)
    assert "what --keep-days does not keep is still there, and tried again in an hour" in told
    assert left(service) == [*["old"] * 500, "fixed", *["old"] * 99]
    assert service.call("PUT", "/settings/notes", {"a": 1}).status == 200
    assert service.stop() == 0
    assert left(service)[-2:] == ["settings", "api_calls"]
