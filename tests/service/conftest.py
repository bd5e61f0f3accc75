# SPDX-License-Identifier: MIT
"""FORGE_DB_FULL=1 (`make test-full`) adds the load. Services that a test starts are ended with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from browser import Browser
from kernel_client import MANY, Service, app

SETTINGS = {
    "theme": {"type": "string"},
    "dark": {"type": "boolean"},
    "size": {"type": "integer"},
    "zoom": {"type": "number"},
}
SAVED = {
    "event_type": "note.saved",
    "payload_schema": {
        "type": "object",
        "properties": {"title": {"type": "string"}, "size": {"type": "integer"}},
        "required": ["title"],
    },
}
APPS = [
    app(
        "notes",
        name="Notes",
        version="1.2",
        windows=[{"id": "main"}],
        requires_services=["vfs", "bus"],
        contracts=[SAVED],
        subscriptions=["note.saved"],
    ),
    app("other", requires_services=["llm"]),
    app("typed", settings_schema=SETTINGS),
    app("reader", ["settings:read", "storage:read", "vfs:read"]),
    app("nothing", []),
    app("short", resource_quotas={"max_api_calls_per_hour": 3, "max_documents": 2}),
    app("small", resource_quotas=MANY | {"max_storage_mb": 1}),
    app("lowered", resource_quotas=MANY | {"max_storage_mb": 0}),
]


def pytest_configure() -> None:
    pytest.full = os.environ.get("FORGE_DB_FULL", "0") not in ("", "0")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Starts services on the folder of the test."""
    started: list[Service] = []

    def start(*options: str) -> Service:
        started.append(Service(tmp_path, APPS, *options))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            assert each.stop() == 0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One for the tests of a file: they keep to rows of their own."""
    running = Service(tmp_path_factory.mktemp("kernel"), APPS)
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()
