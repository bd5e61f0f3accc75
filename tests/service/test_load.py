# SPDX-License-Identifier: MIT
"""Half a minute of wrk: 64 connections that read and write. Only with FORGE_DB_FULL=1."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from kernel_client import Event, Service, Stream

CONNECTIONS = 64
PUBLISHED = 150


@pytest.mark.skipif("not pytest.full")
def test_mixed_load(start: Callable[..., Service], capfd: pytest.CaptureFixture[str]) -> None:
    service = start()
    heard: list[list[Event]] = [[] for _ in range(20)]
    streams = [Stream(service) for _ in heard]
    listeners = [
        threading.Thread(target=lambda events=events, stream=stream: events.extend(stream))
        for events, stream in zip(heard, streams, strict=True)
    ]
    for each in listeners:
        each.start()
    script = Path(__file__).with_name("mixed.lua")
    address = f"http://127.0.0.1:{service.port}"
    command = [
        "wrk",
        "-t2",
        f"-c{CONNECTIONS}",
        "-d30s",
        "--timeout",
        "10s",
        "--latency",
        "-s",
        str(script),
        address,
    ]
    wrk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for number in range(PUBLISHED):  # while the load runs
        service.post("/bus/publish", {"event_type": "count", "data": {"number": number}}, 202)
    printed, _ = wrk.communicate(timeout=120)
    assert wrk.returncode == 0
    result = json.loads(printed.split("RESULT ", 1)[1])
    with capfd.disabled():
        print(
            f"\n{result['requests']} requests in {result['seconds']} s over {CONNECTIONS} connections, "
            f"{result['acknowledged']} of them writes: p50 {result['p50']} ms, p99 {result['p99']} ms"
        )
    assert (result["errors"], result["refused"]) == (0, 0), printed
    assert result["acknowledged"] > 0

    assert service.stop() == 0
    for each in listeners:
        each.join()
    assert [event.data["number"] for event in heard[0]] == list(range(PUBLISHED))
    assert all(each == heard[0] for each in heard)

    connection = sqlite3.connect(service.file)
    one = lambda sql: connection.execute(sql).fetchone()[0]  # noqa: E731
    stored = one("select count(*) from app_documents")
    # What was in flight when wrk ended was carried out and never read.
    assert result["acknowledged"] <= stored <= result["acknowledged"] + CONNECTIONS
    assert one("select count(*) from audit_log where action = 'create'") == stored
    assert one("select sum(count) from app_usage where resource = 'api_calls'") == stored
    assert one("select count(distinct name) from app_documents") == stored
    assert one("pragma integrity_check") == "ok"
    connection.close()
