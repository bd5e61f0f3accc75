# SPDX-License-Identifier: MIT
"""What a service has stored, read by SQLite itself while the service runs."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from kernel_client import Service


class Stored:
    """Reads all rows again only when another connection has committed since."""

    def __init__(self, service: Service) -> None:
        self.connection = sqlite3.connect(service.file)
        self.version = None
        self.known = ""

    def digest(self) -> str:
        version = self.connection.execute("pragma data_version").fetchone()
        if version != self.version:
            text = "\n".join(self.connection.iterdump())
            self.version, self.known = version, hashlib.sha256(text.encode()).hexdigest()
        return self.known


@cache
def of(service: Service) -> Stored:
    return Stored(service)


def digest(service: Service) -> str:
    """Of every row of every table."""
    return of(service).digest()


@contextmanager
def unchanged(service: Service) -> Iterator[None]:
    """What is done inside changes nothing that is stored."""
    before = digest(service)
    yield
    assert digest(service) == before
