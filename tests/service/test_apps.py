# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import APPS
from kernel_client import Service, app, newest_build


def test_list_and_one(service: Service) -> None:
    apps = service.get("/apps")["apps"]
    assert [each["id"] for each in apps] == [each["id"] for each in APPS]
    assert apps[0] == {
        "id": "notes",
        "name": "Notes",
        "version": "1.2",
        "icon": "",
        "accent_color": "",
        "status": "enabled",
        "error": None,
        "requires_services": ["vfs", "bus"],
        "services_satisfied": True,
        "windows": 1,
        "routers": 0,
        "resource_quotas": {
            "max_storage_mb": 100,
            "max_api_calls_per_hour": 100000000,
            "max_documents": 100000000,
        },
    }
    assert apps[1]["services_satisfied"] is False
    one = service.get("/apps/notes")
    assert one["manifest"] == APPS[0]
    assert {
        "id",
        "name",
        "version",
        "icon",
        "accent_color",
        "status",
        "error",
        "requires_services",
        "services_satisfied",
    } < set(one)
    status = service.get("/apps/reader/status")
    assert status["capabilities"]["required"] == ["settings:read", "storage:read", "vfs:read"]
    assert (status["status"], status["error"], status["services_satisfied"]) == ("enabled", None, True)
    for method, path in (("GET", ""), ("GET", "/status"), ("POST", "/enable"), ("POST", "/disable")):
        assert service.refused(404, method, f"/apps/nobody{path}") == "App 'nobody' not found"


def test_a_disabled_app_stays_so(start: Callable[..., Service]) -> None:
    service = start()
    service.call("PUT", "/settings/notes", {"a": 1})
    assert service.post("/apps/notes/disable", status=200) == {"id": "notes", "status": "disabled"}
    again = service.post("/apps/notes/disable", status=200)
    assert again == {"id": "notes", "status": "disabled", "message": "App is already disabled"}
    service.post("/apps/other/disable", status=200)
    service.post("/apps/other/enable", status=200)
    assert service.get("/audit/summary")["summary"][:2] == [
        {"app_id": "notes", "action": "disable", "count": 1},
        {"app_id": "notes", "action": "update", "count": 1},
    ]
    assert service.refused(503, "GET", "/settings/notes") == "App 'notes' is disabled"
    service.refused(503, "PUT", "/settings/notes", {"a": 2})
    assert service.stop() == 0

    stored = sqlite3.connect(service.file).execute(
        "select value from app_settings where app_id = '__kernel__'"
    )
    assert json.loads(json.loads(stored.fetchone()[0])) == {"notes": "disabled", "other": "enabled"}

    service = start()
    assert service.get("/apps/notes/status")["status"] == "disabled"
    service.refused(503, "GET", "/vfs/notes/children")
    assert service.get("/vfs/other/children")["files"] == []
    service.post("/apps/notes/enable", status=200)
    assert service.get("/settings/notes")["settings"] == {"a": 1}


def test_services_on_one_file_agree_on_what_is_disabled(start: Callable[..., Service]) -> None:
    one, two = start(), start()
    assert one.post("/apps/notes/disable", status=200) == {"id": "notes", "status": "disabled"}
    assert two.get("/apps")["apps"][0]["status"] == two.get("/apps/notes")["status"] == "disabled"
    assert two.refused(503, "GET", "/settings/notes") == "App 'notes' is disabled"
    assert two.refused(503, "PUT", "/settings/notes", {"a": 1}) == "App 'notes' is disabled"
    assert "already disabled" in two.post("/apps/notes/disable", status=200)["message"]
    two.post("/apps/notes/enable", status=200)
    assert one.get("/apps/notes/status")["status"] == "enabled"
    assert one.call("PUT", "/settings/notes", {"a": 1}).status == 200
    assert [each["action"] for each in one.get("/audit/all")["logs"]] == ["update", "enable", "disable"]


def test_states_that_cannot_be_read_disable_nothing(start: Callable[..., Service]) -> None:
    service = start()
    service.post("/apps/notes/disable", status=200)
    service.stop()
    with sqlite3.connect(service.file) as connection:
        connection.execute("update app_settings set value = '{' where app_id = '__kernel__'")
    connection.close()
    service = start()
    assert service.get("/apps/notes/status")["status"] == "enabled"
    assert service.post("/apps/notes/disable", status=200)["status"] == "disabled"


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ({"id": ""}, "id"),
        ({"id": "__kernel__"}, "id"),
        (app("x", windows=1), "windows"),
        (app("x", settings_schema={"a": {"type": "list"}}), "settings_schema.a"),
        (
            app("x", contracts=[{"event_type": "e", "payload_schema": {"oneOf": []}}]),
            "oneOf is not supported yet",
        ),
        (app("x", resource_quotas={"max_documents": -1}), "max_documents"),
        ([app("x"), app("y"), app("x")], "the id is there twice: x"),
        (app("x", resource_quotas={"max_document": 1}), "no member max_document, but max_storage_mb"),
        (app("x", settings_schema={"a": {"type": "string", "enum": ["b"]}}), "no member enum"),
        (app("x", contracts=[{"event_type": "e", "payload": {}}]), "no member payload, but event_type"),
        (app("x", ["vfs:reed"]), "no capability vfs:reed, but settings:read"),
        ({"id": "x", "capabilities": {"optional": ["all"]}}, "no capability all"),
        ({"id": "x", "capabilities": {"require": []}}, "no member require, but required"),
        ({"id": "x", "capabilites": {}}, "no member capabilites; is capabilities meant?"),
        ({"id": "x", "Version": "1"}, "no member Version; is version meant?"),
        (app("x", requires_service=[]), "is requires_services meant?"),
    ],
)
def test_manifests_that_are_refused(tmp_path: Path, manifest: Any, says: str) -> None:
    apps = manifest if isinstance(manifest, list) else [manifest]
    (tmp_path / "apps.json").write_text(json.dumps({"apps": apps}))
    command = [
        newest_build(),
        "--database",
        tmp_path / "k.db",
        "--port",
        "0",
        "--apps",
        tmp_path / "apps.json",
    ]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert not (tmp_path / "k.db").exists()
