# SPDX-License-Identifier: MIT
from __future__ import annotations

from typing import Any

import pytest
from kernel_client import Service


def test_put_merges_and_get_answers_all(service: Service) -> None:
    put = service.call("PUT", "/settings/notes", {"settings": {"theme": "dark", "size": 12}})
    assert (put.status, put.body["settings"]) == (200, {"size": 12, "theme": "dark"})
    put = service.call("PUT", "/settings/notes", {"theme": "light", "deep": {"a": [1, None, True, 1.5]}})
    assert put.body["settings"] == {"deep": {"a": [1, None, True, 1.5]}, "size": 12, "theme": "light"}
    got = service.get("/settings/notes")
    assert got == put.body
    assert got["app_id"] == "notes"
    assert got["total"] == 3
    assert service.get("/settings/other")["settings"] == {}
    assert service.get("/settings/notes?page=2&per_page=2")["settings"] == {"theme": "light"}


def test_delete_counts(service: Service) -> None:
    service.call("PUT", "/settings/other", {"a": 1, "b": 2})
    assert service.call("DELETE", "/settings/other").body == {"app_id": "other", "deleted": 2}
    assert service.call("DELETE", "/settings/other").body == {"app_id": "other", "deleted": 0}


def test_a_setting_of_the_name_settings_goes_in_the_long_form(service: Service) -> None:
    answer = service.call("PUT", "/settings/other", {"settings": {"settings": 7}})
    assert answer.body["settings"] == {"settings": 7}
    answer = service.call("PUT", "/settings/other", {"settings": {"x": 1}, "y": 2})
    assert answer.body["settings"] == {"settings": {"x": 1}, "y": 2}
    service.refused(422, "PUT", "/settings/other", {"settings": 5})


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("theme", ["dark", ""], [1, True, None, ["dark"]]),
        ("dark", [True, False], [0, "true", None]),
        ("size", [0, -5, 3.0, 2**53, 2**60], [1.5, "1", True, 1e308, float(2**54)]),
        ("zoom", [1, 0.5], ["1", False]),
    ],
)
def test_a_schema_decides(service: Service, key: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        assert service.call("PUT", "/settings/typed", {key: value}).status == 200
    before = service.get("/settings/typed")
    for value in bad:
        assert key in service.refused(422, "PUT", "/settings/typed", {"zoom": 9, key: value})
    assert service.get("/settings/typed") == before


def test_errors(service: Service) -> None:
    assert "color" in service.refused(422, "PUT", "/settings/typed", {"color": "red"})
    for body in ([], "text", 5, None):
        service.refused(422, "PUT", "/settings/notes", body)
    for key in ("", " a", "a\nb", "k" * 256):
        service.refused(422, "PUT", "/settings/notes", {"fine": 1, key: 1})
    assert "fine" not in service.get("/settings/notes")["settings"]
    for method in ("GET", "PUT", "DELETE"):
        service.refused(403, method, "/settings/nothing", {} if method == "PUT" else None)
        detail = service.refused(403, method, "/settings/nobody", {} if method == "PUT" else None)
        assert detail.startswith("App 'nobody' lacks required capability: settings:")
    assert service.get("/settings/reader")["settings"] == {}
    assert (
        service.refused(403, "PUT", "/settings/reader", {"a": 1})
        == "App 'reader' lacks required capability: settings:write"
    )


def test_the_reserved_app_is_none_of_the_clients(service: Service) -> None:
    service.refused(403, "GET", "/settings/__kernel__")
    service.refused(403, "PUT", "/settings/__kernel__", {"app_states": "{}"})
