# SPDX-License-Identifier: MIT
"""The service as a user starts it, and requests to it by the standard library alone."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = [
    "settings:read",
    "settings:write",
    "storage:read",
    "storage:write",
    "vfs:read",
    "vfs:write",
    "audit:read",
]
MANY = {"max_api_calls_per_hour": 100_000_000, "max_documents": 100_000_000}


def newest_build() -> Path:
    """What KERNEL_SERVICE names, or the newest build."""
    if named := os.environ.get("KERNEL_SERVICE"):
        return Path(named)
    built = sorted(
        ROOT.glob("build/*/examples/kernel_service/kernel_service"), key=lambda path: path.stat().st_mtime
    )
    assert built, "kernel_service is not built: cmake --build --preset dev --target kernel_service"
    return built[-1]


def app(name: str, capabilities: list[str] = EVERYTHING, /, **more: Any) -> dict[str, Any]:
    """A manifest."""
    return {"id": name, "capabilities": {"required": capabilities}, "resource_quotas": MANY} | more


class Answer(NamedTuple):
    status: int
    body: Any
    headers: dict[str, str]


class Service:
    """One process of its own, on a free port of the loopback."""

    def __init__(self, folder: Path, apps: list[dict[str, Any]], *options: str) -> None:
        self.file = folder / "kernel.db"
        manifests = folder / "apps.json"
        manifests.write_text(json.dumps({"apps": apps}))
        command = [newest_build(), "--database", self.file, "--port", "0", "--apps", manifests, *options]
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line.startswith("kernel_service listens on http://127.0.0.1:"), line
        self.port = int(line.rstrip().rstrip("/").rsplit(":", 1)[1])

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`path` without /api/kernel; a `body` of bytes goes as it is, anything else as JSON."""
        connection = self.connect()
        try:
            return call(connection, method, path, body, **headers)
        finally:
            connection.close()

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.call("GET", path)
        assert answer.status == status, answer
        return answer.body

    def post(self, path: str, body: Any = None, status: int = 201) -> Any:
        answer = self.call("POST", path, body)
        assert answer.status == status, answer
        return answer.body

    def refused(self, status: int, method: str, path: str, body: Any = None) -> str:
        """What the answer says is wrong."""
        answer = self.call(method, path, body)
        assert answer.status == status, answer
        assert set(answer.body) == {"error", "detail"}, answer
        assert "forge_db" not in answer.body["detail"]
        return answer.body["detail"]

    def stop(self, how: signal.Signals = signal.SIGTERM, patience: float = 60) -> int:
        """Ends this very process, and says what it returned."""
        self.process.send_signal(how)
        assert self.process.stdout
        try:
            return self.process.wait(patience)
        finally:
            self.process.stdout.close()


def call(
    connection: http.client.HTTPConnection, method: str, path: str, body: Any = None, **headers: str
) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    if body is not None:
        sent.setdefault("Content-Type", "application/json")
    connection.request(method, path if path.startswith("//") else "/api/kernel" + path, body, sent)
    answer = connection.getresponse()
    kind = answer.headers.get("Content-Type")
    assert kind != "text/event-stream" or method == "HEAD", "a stream of events has no end to read to"
    text = answer.read()
    is_json = kind == "application/json" and text
    return Answer(answer.status, json.loads(text) if is_json else text.decode(), dict(answer.headers))


class Event(NamedTuple):
    id: int | None
    name: str
    data: dict[str, Any]


class Stream:
    """A listener to the events; it listens when the constructor returns."""

    def __init__(self, service: Service, last: int | str | None = None) -> None:
        self.connection = service.connect()
        headers = {} if last is None else {"Last-Event-ID": str(last)}
        self.connection.request("GET", "/api/kernel/bus/events", headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200
        assert self.answer.headers["Content-Type"] == "text/event-stream"

    def __iter__(self) -> Iterator[Event]:
        """The events until the service ends the stream."""
        fields: dict[str, str] = {}
        while line := self.answer.readline():
            if line == b"\n":
                if "data" in fields:
                    number = int(fields["id"]) if "id" in fields else None
                    yield Event(number, fields["event"], json.loads(fields["data"]))
                fields = {}
            elif not line.startswith(b":"):
                name, _, value = line.decode().rstrip("\n").partition(": ")
                fields[name] = value

    def take(self, count: int) -> list[Event]:
        events = iter(self)
        return [next(events) for _ in range(count)]

    def close(self) -> None:
        self.answer.close()
        self.connection.close()
