# SPDX-License-Identifier: MIT
"""Every endpoint that `GET /api/kernel` lists, with values that its members, parameters and path are not for.

Each answer is a 2xx or a clear 4xx, and what was refused or only read changed nothing. New endpoints and
members are swept by themselves.
"""

from __future__ import annotations

import itertools
import sqlite3
import uuid
from typing import Any

import pytest
from kernel_client import Answer, Service
from stored import digest

PREFIX = "/api/kernel"
LETTERS = "x" * 10_000
TEXTS = ["", "a\u0000", LETTERS, "'; drop table vfs_files; --"]
VALUES: list[Any] = [5, -1, 1.5, 1 << 63, True, None, [], {}, *TEXTS]
# Of members that are no texts.
KINDS: dict[str, type] = {"metadata": dict, "data": dict, "expected_version": int}
PLACES = ["5", "%00", "%27%20or%201=1", "..%2F..%2Fetc", "%e2%80%ae", "x" * 5000, str(uuid.uuid4())]
PARAMETERS = ["", "5", "-1", "1.5", "x", "%00", "%27%20or%201=1", "9" * 30, "x" * 5000, "%25%5f"]
NUMBERS = itertools.count()


def fresh() -> str:
    return f"fresh {next(NUMBERS)}"


def required(members: list[str]) -> dict[str, Any]:
    """The members without which no body is accepted, with values that are."""
    values = {"name": fresh(), "content": fresh(), "event_type": "swept"}
    return {name: values[name] for name in members if name in values}


def place_of(service: Service, path: str, app: str = "notes") -> str:
    """The path with rows of its own, new ones, in its places."""
    storage, vfs = f"/storage/{app}", f"/vfs/{app}"
    if "/files/{id}" in path:
        row = service.post(f"{vfs}/files", {"name": fresh()})["id"]
        service.call("PUT", f"{vfs}/files/{row}", {"content": "newer"})
        version = service.get(f"{vfs}/files/{row}/versions")["versions"][0]["id"]
        path = path.replace("{version}", version)
    elif "/folders/{id}" in path:
        row = service.post(f"{vfs}/folders", {"name": fresh()})["id"]
    elif "/documents/{id}" in path:
        row = service.post(f"{storage}/documents", {"name": fresh(), "content": ""})["id"]
    elif "/collections/{id}" in path:
        row = service.post(f"{storage}/collections", {"name": fresh()})["id"]
    else:
        row = ""
    return path.replace("{app}", app).replace("{id}", row)


def send(service: Service, method: str, path: str, body: Any = None) -> Answer:
    before = digest(service)
    answer = service.call(method, path, body)
    told = (method, path[:200], str(body)[:200], answer)
    assert 200 <= answer.status < 300 or 400 <= answer.status < 500, told
    if answer.status >= 400:
        assert set(answer.body) == {"error", "detail"}, told
        assert answer.body["detail"], told
        assert "forge_db" not in answer.body["detail"], told
    if answer.status >= 400 or method == "GET":
        assert digest(service) == before, told
    return answer


@pytest.fixture(scope="module")
def endpoints(service: Service) -> list[dict[str, Any]]:
    found = service.get("")["endpoints"]
    assert len(found) > 40
    return [each | {"path": each["path"].removeprefix(PREFIX)} for each in found]


@pytest.fixture(scope="module")
def writes(endpoints: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in endpoints if each["method"] != "GET"]


def test_what_a_member_is_not_for(service: Service, writes: list[dict[str, Any]]) -> None:
    for each in writes:
        if not each["body"] or each["body"] == ["*"]:
            continue
        path = place_of(service, each["path"])
        good = send(service, each["method"], path, required(each["body"]))
        assert good.status < 300, (each, good)
        for member, value in itertools.product(each["body"], VALUES):
            answer = send(service, each["method"], path, required(each["body"]) | {member: value})
            told = (each["method"], path, member, str(value)[:50], answer)
            # Takes few texts, and none of these but the empty one.
            special = member.endswith("_id") or member == "expected_updated_at"
            is_wrong = type(value) is not KINDS.get(member, str) or (special and value != "")
            if value is not None and is_wrong:
                assert answer.status >= 400, told
            if answer.status < 300 and isinstance(value, str) and member in answer.body and not special:
                assert answer.body[member] == value, told


def test_bodies_that_are_no_objects_and_members_that_there_are_not(
    service: Service, writes: list[dict[str, Any]]
) -> None:
    for each in writes:
        path = place_of(service, each["path"])
        for body in (5, True, b"null", [], "text", LETTERS, [[{}]]):
            assert send(service, each["method"], path, body).status == 422, (each, body)
        if each["body"] != ["*"]:
            for name in ("", "nobody", "app_id", "id", "a\u0000", LETTERS):
                body = required(each["body"]) | {name: 1}
                assert send(service, each["method"], path, body).status == 422, (each, name[:50])


def test_any_value_is_a_setting(service: Service, writes: list[dict[str, Any]]) -> None:
    (each,) = [each for each in writes if each["body"] == ["*"]]
    for value in VALUES:
        answer = send(service, each["method"], place_of(service, each["path"]), {"swept": value})
        if answer.status < 300:
            assert answer.body["settings"]["swept"] == value
        for key in ("", "a\u0000", LETTERS):
            send(service, each["method"], place_of(service, each["path"]), {"swept": 1, key: value})


def test_what_a_place_of_a_path_is_not_for(service: Service, endpoints: list[dict[str, Any]]) -> None:
    theirs = {
        "files": service.post("/vfs/other/files", {"name": "theirs"})["id"],
        "folders": service.post("/vfs/other/folders", {"name": "theirs"})["id"],
        "documents": service.post("/storage/other/documents", {"name": "theirs", "content": ""})["id"],
        "collections": service.post("/storage/other/collections", {"name": "theirs"})["id"],
    }
    for each in endpoints:
        is_write = each["method"] != "GET"
        body = required(each["body"]) if each["body"] else None
        parts = each["path"].split("/")
        for at, part in enumerate(parts):
            if not part.startswith("{"):
                continue
            good = place_of(service, each["path"]).split("/")
            for value in [*PLACES, *([theirs[parts[at - 1]]] if part == "{id}" else [])]:
                path = "/".join([*good[:at], value, *good[at + 1 :]])
                answer = send(service, each["method"], path, body)
                assert not is_write or answer.status >= 400, (each, part, value[:50], answer)
                assert "theirs" not in str(answer.body), (each, answer)


def test_what_a_parameter_is_not_for(service: Service, endpoints: list[dict[str, Any]]) -> None:
    for each in endpoints:
        if each["method"] != "GET" or not each["query"]:
            continue
        path = place_of(service, each["path"])
        for name, value in itertools.product([*each["query"], "nobody"], PARAMETERS):
            answer = send(service, "GET", f"{path}?{name}={value}")
            assert name != "nobody" or answer.status in (400, 422), (each, answer)
            if name in ("page", "per_page", "limit") and value != "5":
                assert answer.status >= 400, (each, name, value[:50], answer)


def test_every_get_answers_beside_a_writer(service: Service, endpoints: list[dict[str, Any]]) -> None:
    """A session that writes would wait for the lock, and be a 503."""
    reads = [each for each in endpoints if each["method"] == "GET" and each["path"] != "/bus/events"]
    paths = [place_of(service, each["path"]) + "?q=x" * (each["query"] == ["q"]) for each in reads]
    before = [service.get(path) for path in paths]
    writer = sqlite3.connect(service.file, isolation_level=None)
    writer.execute("begin immediate")
    after = [service.get(path) for path in paths]
    writer.execute("rollback")
    writer.close()
    assert after == before
