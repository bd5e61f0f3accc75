# SPDX-License-Identifier: MIT
from __future__ import annotations

import http.client
import json
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

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
    assert stored == set(acknowledged)
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


def waits_unread(service: Service, client: socket.socket) -> bool:
    """Whether bytes of the client are on their way to the service, or lie there unread."""
    ours, theirs = (f"0100007F:{port:04X}" for port in (client.getsockname()[1], service.port))
    queues = {}
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, _, queue, *_ = line.split()
        queues[local, remote] = [int(length, 16) for length in queue.split(":")]
    return queues[ours, theirs][0] != 0 or queues[theirs, ours][1] != 0


def test_a_write_that_was_read_before_the_stop_is_answered(start: Callable[..., Service]) -> None:
    service = start()
    idle = service.connect()
    assert call(idle, "GET", "/apps").status == 200
    other = locked(service)
    client = socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE)
    body = b'{"a": 1}'
    head = "PUT /api/kernel/settings/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
    client.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    while waits_unread(service, client):
        time.sleep(0.01)
    service.process.send_signal(signal.SIGTERM)
    assert idle.sock.recv(1) == b""  # the stop has begun
    assert service.process.poll() is None
    other.execute("rollback")
    answer = http.client.HTTPResponse(client)
    answer.begin()
    assert answer.status in (200, 503)  # 503: this machine was so busy that four seconds went by
    assert answer.headers["Connection"] == "close"
    assert service.process.wait(PATIENCE) == 0
    (stored,) = other.execute("select count(*) from app_settings where value = '1'").fetchone()
    assert stored == (answer.status == 200)
    for each in (client, idle, other):
        each.close()


def test_an_answer_that_is_being_sent_at_the_stop_arrives_whole(start: Callable[..., Service]) -> None:
    """Ten million letters are more than the system's buffers take."""
    service = start()
    for _ in range(20):
        service.post("/storage/notes/documents", {"name": "long", "content": "x" * 500_000})
    idle = service.connect()
    assert call(idle, "GET", "/apps").status == 200
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", service.port))
    client.sendall(b"GET /api/kernel/storage/notes/documents HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert client.recv(1, socket.MSG_PEEK)
    service.process.send_signal(signal.SIGTERM)
    assert idle.sock.recv(1) == b""  # the stop has begun
    answer = http.client.HTTPResponse(client)
    answer.begin()
    assert [len(each["content"]) for each in json.loads(answer.read())["documents"]] == [500_000] * 20
    assert service.process.wait(PATIENCE) == 0
    for each in (client, idle):
        each.close()


@pytest.mark.parametrize("events", [0, 100])
def test_a_listener_that_sleeps_does_not_hold_up_a_stop(start: Callable[..., Service], events: int) -> None:
    """A hundred of 60,000 letters are more than the system's buffers take: the last ones cannot be sent."""
    service = start()
    asleep = socket.socket()
    asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asleep.connect(("127.0.0.1", service.port))
    asleep.sendall(b"GET /api/kernel/bus/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    while not service.get("/bus/subscriptions")["subscriptions"][1:]:
        time.sleep(0.01)
    for _ in range(events):
        service.post("/bus/publish", {"event_type": "big", "data": {"text": "x" * 60_000}}, 202)
    assert service.stop(patience=PATIENCE) == 0
    asleep.close()


def test_a_port_that_is_taken_is_told(start: Callable[..., Service]) -> None:
    first = start()
    command = [newest_build(), "--database", first.file.with_name("second.db"), "--port", first.port]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "in use" in done.stderr
    assert "choose another one by --port" in done.stderr
