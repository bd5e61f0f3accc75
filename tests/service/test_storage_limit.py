# SPDX-License-Identifier: MIT
"""max_storage_mb: whatever would make an application store more is refused, and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import stored
from kernel_client import Service

MEBIBYTE = 1024 * 1024
HALF = "x" * (MEBIBYTE // 2)


def used(service: Service, app: str) -> int:
    status = service.get(f"/apps/{app}/status")
    assert status["resource_quotas"]["max_storage_mb"] == 1
    return status["storage_bytes"]


def refused(service: Service, now: int, method: str, path: str, body: Any = None) -> None:
    """The refusal names the limit, and what is used; no row of the database is another one."""
    before, there = stored.digest(service), used(service, "small")
    answer = service.call(method, path, body)
    assert (answer.status, answer.body["error"]) == (429, "quota_exceeded"), answer
    assert answer.body["detail"] == (
        f"App 'small' stores {there} of its {MEBIBYTE} bytes (max_storage_mb: 1);"
        f" this write would make it {now}"
    )
    assert stored.digest(service) == before


def test_what_would_pass_the_limit_is_refused(service: Service) -> None:
    assert used(service, "small") == 0
    document = service.post("/storage/small/documents", {"name": "d", "content": HALF})["id"]
    file = service.post("/vfs/small/files", {"name": "f", "content": HALF[:-2]})["id"]
    assert used(service, "small") == MEBIBYTE - 2

    one = f"/vfs/small/files/{file}"
    refused(service, MEBIBYTE + 1, "POST", "/storage/small/documents", {"name": "e", "content": "123"})
    refused(
        service, MEBIBYTE + 1, "PUT", f"/storage/small/documents/{document}", {"content": HALF + "\u00e43"}
    )
    refused(service, MEBIBYTE + 1, "POST", "/vfs/small/files", {"name": "g", "content": "123"})
    refused(service, MEBIBYTE + 1, "PUT", one, {"content": "123"})  # the former content is kept
    assert service.call("PUT", one, {"content": "12"}).status == 200  # to the byte
    version = service.get(f"{one}/versions")["versions"][0]["id"]
    refused(service, 3 * MEBIBYTE // 2 - 2, "POST", f"{one}/versions/{version}/restore")
    assert used(service, "small") == MEBIBYTE

    # What makes it no larger goes.
    assert service.call("PUT", one, {"name": "renamed"}).status == 200
    service.call("PUT", "/settings/small", {"theme": "dark"})
    service.post("/vfs/small/files", {"name": "empty"})
    assert service.call("PUT", f"/storage/small/documents/{document}", {"content": "y"}).status == 200
    assert used(service, "small") == MEBIBYTE // 2 + 1
    assert service.call("DELETE", one).status == 200
    assert used(service, "small") == 1
    service.post("/storage/small/documents", {"name": "e", "content": HALF})


def test_the_limit_is_of_each_app(service: Service) -> None:
    service.post("/storage/notes/documents", {"name": "large", "content": HALF * 3})
    assert service.get("/apps/notes/status")["storage_bytes"] == 3 * MEBIBYTE // 2


def test_above_a_lowered_limit_writes_may_only_free(service: Service) -> None:
    """Another program, or a manifest of yesterday, has let it grow."""
    path = "/storage/lowered/documents"
    assert service.refused(429, "POST", path, {"name": "d", "content": "1"}).startswith(
        "App 'lowered' stores 0 of its 0 bytes"
    )
    document = service.post(path, {"name": "d", "content": ""})["id"]
    with stored.of(service).connection as connection:
        connection.execute("update app_documents set content = '12345' where id = ?", (document,))
    assert service.get("/apps/lowered/status")["storage_bytes"] == 5
    service.refused(429, "PUT", f"{path}/{document}", {"content": "123456"})
    for content in ("54321", "1234", ""):
        assert service.call("PUT", f"{path}/{document}", {"content": content}).status == 200
    service.refused(429, "PUT", f"{path}/{document}", {"content": "1"})
