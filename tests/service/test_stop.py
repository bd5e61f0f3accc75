# SPDX-License-Identifier: MIT
from __future__ import annotations

import http.client
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable

import pytest
from kernel_client import Service, Stream, call, newest_build


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


def test_a_port_that_is_taken_is_told(start: Callable[..., Service]) -> None:
    first = start()
    command = [newest_build(), "--database", first.file.with_name("second.db"), "--port", first.port]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "in use" in done.stderr
