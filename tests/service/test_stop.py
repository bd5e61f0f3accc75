# SPDX-License-Identifier: MIT
from __future__ import annotations

import http.client
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable

import pytest
from kernel_client import Answer, Service, Stream, call, newest_build

# Seconds, against hanging: far more than it takes to wait for a lock once, less than again and again.
PATIENCE = 25


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_during_requests_loses_nothing_that_was_acknowledged(
    start: Callable[..., Service], how: signal.Signals
) -> None:
    service = start()
    stream = Stream(service)
    acknowledged: list[str] = []
    enough = threading.Event()

    def write() -> None:
        connection = service.connect()
        try:
            while True:
                made = call(connection, "POST", "/storage/notes/documents", {"name": "d", "content": "x"})
                assert made.status == 201
                acknowledged.append(made.body["id"])
                if len(acknowledged) >= 50:
                    enough.set()
        except (http.client.HTTPException, OSError):
            pass  # the service ended, or takes no connection any more
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for each in writers:
        each.start()
    assert enough.wait(60)
    service.post("/bus/publish", {"event_type": "last"}, 202)
    assert service.stop(how) == 0
    for each in writers:
        each.join()
    assert [event.data["event_type"] for event in stream] == ["last"]
    stream.close()

    connection = sqlite3.connect(service.file)
    stored = {row[0] for row in connection.execute("select id from app_documents")}
    audited = {row[0] for row in connection.execute("select resource_id from audit_log")}
    (counted,) = connection.execute("select sum(count) from app_usage").fetchone()
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()
    assert set(acknowledged) <= stored
    assert len(acknowledged) <= len(stored) <= len(acknowledged) + len(writers)
    assert audited == stored
    assert counted == len(stored)


def test_a_stop_with_idle_connections_does_not_wait_for_them(start: Callable[..., Service]) -> None:
    service = start()
    idle = service.connect()
    assert call(idle, "GET", "/apps").status == 200
    assert service.stop() == 0
    with pytest.raises((http.client.HTTPException, OSError)):
        call(idle, "GET", "/apps")
    with pytest.raises(OSError):
        service.call("GET", "/apps")


def locked(service: Service) -> sqlite3.Connection:
    """Another program, in the midst of its writing."""
    other = sqlite3.connect(service.file, isolation_level=None)
    other.execute("begin exclusive")
    other.execute("create table other (a)")
    return other


def write_under_a_lock(service: Service, answers: list[Answer | None], first: threading.Event) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE)
    try:
        answers.append(call(connection, "PUT", "/settings/notes", {"a": 1}))
    except (ConnectionError, http.client.RemoteDisconnected):
        answers.append(None)  # the service stopped before it read the request
    finally:
        first.set()
        connection.close()


def test_a_write_beside_another_programs_lock_is_refused_soon(start: Callable[..., Service]) -> None:
    service = start()
    other = locked(service)
    answers: list[Answer | None] = []
    write_under_a_lock(service, answers, threading.Event())
    assert answers[0] is not None
    assert (answers[0].status, answers[0].body["error"]) == (503, "unavailable")
    assert answers[0].body["detail"] == "The database is busy with other writes; try again"
    assert service.get("/settings/notes")["settings"] == {}
    other.execute("rollback")
    other.close()
    assert service.call("PUT", "/settings/notes", {"a": 2}).status == 200


def test_a_stop_does_not_wait_for_another_programs_lock(start: Callable[..., Service]) -> None:
    service = start()
    other = locked(service)
    answers: list[Answer | None] = []
    first = threading.Event()
    writers = [threading.Thread(target=write_under_a_lock, args=(service, answers, first)) for _ in range(40)]
    for each in writers:
        each.start()
    assert first.wait(PATIENCE)
    assert service.stop(patience=PATIENCE) == 0
    for each in writers:
        each.join()
    assert len(answers) == len(writers)
    assert {each.status for each in answers if each is not None} == {503}
    other.execute("rollback")
    assert other.execute("select count(*) from app_settings").fetchone() == (0,)
    other.close()


def test_a_port_that_is_taken_is_told(start: Callable[..., Service]) -> None:
    first = start()
    command = [newest_build(), "--database", first.file.with_name("second.db"), "--port", first.port]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "in use" in done.stderr
    assert "choose another one by --port" in done.stderr
