# SPDX-License-Identifier: MIT
"""wrk: 64 connections that read and write, while 20 listen. Only with FORGE_DB_FULL=1."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kernel_client import Event, Service, Stream

CONNECTIONS = 64
THREADS = 2
LISTENERS = 20

pytestmark = pytest.mark.skipif("not pytest.full")


class Load:
    """wrk, a publisher of events and their listeners, until wrk has ended or the service is stopped."""

    def __init__(self, service: Service, seconds: int, folder: Path) -> None:
        self.service = service
        self.files = [
            service.post("/vfs/notes/files", {"name": f"of thread {number}"})["id"]
            for number in range(THREADS)
        ]
        self.heard: list[list[Event]] = [[] for _ in range(LISTENERS)]
        streams = [Stream(service) for _ in self.heard]
        self.listeners = [
            threading.Thread(target=lambda events=events, stream=stream: events.extend(stream))
            for events, stream in zip(self.heard, streams, strict=True)
        ]
        for each in self.listeners:
            each.start()
        self.published = 0  # acknowledged ones
        script = Path(__file__).with_name("mixed.lua")
        command = [
            "wrk",
            f"-t{THREADS}",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            "10s",
            "--latency",
        ]
        command += ["-s", str(script), f"http://127.0.0.1:{service.port}", "--"]
        self.output = folder / "wrk.txt"  # large: a pipe would fill up
        with self.output.open("w") as out:
            self.wrk = subprocess.Popen([*command, *self.files], stdout=out)

    def publish(self, seconds: float) -> None:
        """One event after the other for so long, or until wrk has ended."""
        end = time.monotonic() + seconds
        while self.wrk.poll() is None and time.monotonic() < end:
            data = {"number": self.published}
            self.service.post("/bus/publish", {"event_type": "count", "data": data}, 202)
            self.published += 1
            time.sleep(0.05)

    def finish(self) -> dict[str, Any]:
        """What wrk counted. The service has been stopped, so the streams end."""
        assert self.wrk.wait(timeout=120) == 0
        for each in self.listeners:
            each.join()
        printed = self.output.read_text()
        lines = [line.split() for line in printed.splitlines()]
        self.documents = [line[1] for line in lines if line[:1] == ["DOCUMENT"]]
        given = [line[1:] for line in lines if line[:1] == ["VERSION"]]
        self.versions = {(file, int(number)): content for file, number, content in given}
        assert len(self.versions) == len(given), "a number was given twice"
        return json.loads(printed.split("RESULT ", 1)[1])

    def check(self) -> None:
        """Each write that was acknowledged is stored, and all that is stored was counted."""
        assert self.documents
        assert self.versions
        assert self.published
        assert [event.data["number"] for event in self.heard[0]] == list(range(self.published))
        assert all(each == self.heard[0] for each in self.heard)

        connection = sqlite3.connect(self.service.file)
        rows = lambda sql: connection.execute(sql).fetchall()  # noqa: E731
        documents = {row[0] for row in rows("select id from app_documents")}
        stored = rows("select file_id, version, content from vfs_file_versions")
        stored += rows("select id, version, content from vfs_files")
        contents = {(file, number): content for file, number, content in stored}
        assert set(self.documents) <= documents
        assert self.versions.items() <= contents.items()
        assert set(self.files) == {file for file, _ in contents}
        for file in self.files:
            numbers = [number for each, number in contents if each == file]
            assert sorted(numbers) == list(range(1, len(numbers) + 1))
            texts = [text for (each, _), text in contents.items() if each == file]
            assert len(set(texts)) == len(texts)
        # What was in flight at the end was carried out and never read: one for each connection at the most.
        updates = len(contents) - THREADS
        acknowledged = len(self.documents) + len(self.versions)
        assert acknowledged <= len(documents) + updates <= acknowledged + CONNECTIONS
        audited = dict(rows("select resource_type || ' ' || action, count(*) from audit_log group by 1"))
        assert audited == {
            "document create": len(documents),
            "vfs_file create": THREADS,
            "vfs_file update": updates,
        }
        named = rows("select resource_id from audit_log where resource_type = 'document'")
        assert {row[0] for row in named} == documents
        counted = rows("select sum(count) from app_usage where resource = 'api_calls'")
        assert counted == [(sum(audited.values()),)]
        assert rows("pragma integrity_check") == [("ok",)]
        connection.close()


def test_mixed_load(start: Callable[..., Service], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load = Load(start(), 30, tmp_path)
    load.publish(120)
    assert load.service.stop() == 0
    result = load.finish()
    with capfd.disabled():
        print(
            f"\n{result['requests']} requests in {result['seconds']} s over {CONNECTIONS} connections, "
            f"{len(load.documents) + len(load.versions)} of them writes: "
            f"p50 {result['p50']} ms, p99 {result['p99']} ms"
        )
    assert (result["errors"], result["refused"]) == (0, 0)
    load.check()


def test_a_stop_under_load_loses_nothing_that_was_acknowledged(
    start: Callable[..., Service], tmp_path: Path
) -> None:
    load = Load(start(), 7, tmp_path)
    load.publish(5)
    assert load.wrk.poll() is None
    assert load.service.stop() == 0
    load.finish()  # connections that the service took no more are errors of this run
    load.check()
