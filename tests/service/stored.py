# SPDX-License-Identifier: MIT
"""What a service has stored, read by SQLite itself while the service runs."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kernel_client import Service


def digest(service: Service) -> str:
    """Of every row of every table."""
    connection = sqlite3.connect(service.file)
    text = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def unchanged(service: Service) -> Iterator[None]:
    """What is done inside changes nothing that is stored."""
    before = digest(service)
    yield
    assert digest(service) == before
