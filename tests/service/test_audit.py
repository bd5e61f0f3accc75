# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from kernel_client import Service


def test_every_write_leaves_its_row_and_its_count(service: Service) -> None:
    made = [service.post("/vfs/notes/folders", {"name": f"f{number}"})["id"] for number in range(3)]
    log = service.get("/audit/notes?limit=2")
    assert (log["app_id"], log["total"]) == ("notes", 3)
    assert [each["resource_id"] for each in log["logs"]] == made[:0:-1]
    assert set(log["logs"][0]) == {
        "id",
        "app_id",
        "action",
        "resource_type",
        "resource_id",
        "details",
        "timestamp",
    }
    assert (log["logs"][0]["action"], log["logs"][0]["resource_type"]) == ("create", "vfs_folder")
    assert [each["resource_id"] for each in service.get("/audit/notes?limit=2&offset=2")["logs"]] == made[:1]
    usage = service.get("/audit/usage/notes")
    assert usage["app_id"] == "notes"
    assert [(each["resource"], each["count"]) for each in usage["usage"]] == [("api_calls", 3)]
    assert {"resource", "count", "period", "updated_at"} <= set(usage["usage"][0])
    assert service.get("/audit/other") == {"app_id": "other", "logs": [], "total": 0}
    assert service.get("/audit/usage/other")["usage"] == []


def test_what_fails_leaves_neither_row_nor_count(service: Service) -> None:
    before = (service.get("/audit/notes"), service.get("/audit/usage/notes"))
    service.refused(409, "POST", "/vfs/notes/folders", {"name": "f0"})
    service.refused(404, "DELETE", "/vfs/notes/folders/5")
    service.refused(422, "PUT", "/settings/notes", {" ": 1})
    assert (service.get("/audit/notes"), service.get("/audit/usage/notes")) == before


def test_reading_writes_nothing(service: Service) -> None:
    before = service.get("/audit/usage")
    service.get("/settings/notes")
    service.get("/vfs/notes/children")
    assert service.call("HEAD", "/vfs/notes/children").status == 200
    assert service.get("/audit/usage") == before


def test_across_apps(service: Service) -> None:
    service.call("PUT", "/settings/other", {"a": 1})
    log = service.get("/audit/all?limit=1")
    assert (log["logs"][0]["app_id"], log["logs"][0]["details"], log["total"]) == (
        "other",
        {"keys": ["a"]},
        4,
    )
    assert service.get("/audit/all?action=create")["total"] == 3
    assert service.get("/audit/all?action=creat")["total"] == 0
    assert service.get("/audit/all?action=update&resource_type=settings")["total"] == 1
    assert service.get("/audit/summary")["summary"] == [
        {"app_id": "notes", "action": "create", "count": 3},
        {"app_id": "other", "action": "update", "count": 1},
    ]
    assert [
        (each["app_id"], each["resource"], each["count"]) for each in service.get("/audit/usage")["usage"]
    ] == [
        ("notes", "api_calls", 3),
        ("other", "api_calls", 1),
    ]


@pytest.mark.parametrize(
    "window", ["limit=0", "limit=201", "limit=x", "offset=-1", "offset=x", "limit=1&limit=2"]
)
@pytest.mark.parametrize("path", ["notes", "all"])
def test_windows(service: Service, path: str, window: str) -> None:
    service.refused(400 if window.count("limit") == 2 else 422, "GET", f"/audit/{path}?{window}")


def test_an_offset_beyond_everything_is_an_empty_list(service: Service) -> None:
    assert service.get("/audit/notes?offset=9223372036854775807")["logs"] == []


def test_audit_needs_its_capability(service: Service) -> None:
    for app in ("reader", "nothing", "nobody"):
        for path in (app, f"usage/{app}"):
            detail = service.refused(403, "GET", f"/audit/{path}")
            assert detail == f"App '{app}' lacks required capability: audit:read"


def test_the_hourly_quota_ends_the_writes(service: Service) -> None:
    for number in range(2):
        service.post("/storage/short/documents", {"name": f"d{number}", "content": ""})
    service.refused(429, "POST", "/storage/short/documents", {"name": "d2", "content": ""})  # of documents
    assert service.get("/audit/usage/short")["usage"][0]["count"] == 2
    service.call("PUT", "/settings/short", {"a": 1})
    before = service.get("/audit/short")
    for method, path, body in (
        ("PUT", "/settings/short", {"b": 2}),
        ("DELETE", "/settings/short", None),
        ("POST", "/vfs/short/folders", {"name": "x"}),
    ):
        assert "3 calls" in service.refused(429, method, path, body)
    assert service.get("/audit/short") == before
    assert service.get("/settings/short")["settings"] == {"a": 1}
