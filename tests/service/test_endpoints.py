# SPDX-License-Identifier: MIT
"""Each endpoint of docs/systems/kernel.md once, with what it answers and what is so afterwards.

A text that begins with $ is a value of the rows that every case begins with.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import pytest
from kernel_client import Service, Stream

NUMBERS = itertools.count()


@dataclass(frozen=True)
class Case:
    operation: str
    status: int = 200
    answer: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    query: str = ""
    id: str = ""  # what stands for {id}
    app: str = "notes"
    first: str = ""  # a POST before it
    then: tuple[str, int, dict[str, Any]] | None = None  # a GET after it


def case(operation: str, status: int = 200, answer: dict[str, Any] | None = None, **more: Any) -> Any:
    return pytest.param(Case(operation, status, answer or {}, **more), id=operation)


ALL_BELOW = "/vfs/notes/children?parent_id=$folder"
IN_COLLECTION = "/storage/notes/documents?collection_id=$collection"
CASES = [
    case(
        "GET /api/kernel/settings/{a}", answer={"app_id": "notes", "settings": {"theme": "dark"}, "total": 1}
    ),
    case(
        "PUT /api/kernel/settings/{a}",
        body={"size": 12},
        answer={"settings": {"theme": "dark", "size": 12}},
        then=("/settings/notes", 200, {"settings": {"theme": "dark", "size": 12}, "total": 2}),
    ),
    case(
        "DELETE /api/kernel/settings/{a}",
        answer={"app_id": "notes", "deleted": 1},
        then=("/settings/notes", 200, {"settings": {}, "total": 0}),
    ),
    case(
        "GET /api/kernel/storage/{a}/collections",
        query="parent_id=$collection",
        answer={"app_id": "notes", "collections": [{"id": "$below", "parent_id": "$collection"}], "total": 1},
    ),
    case(
        "POST /api/kernel/storage/{a}/collections",
        201,
        {"app_id": "notes", "name": "new", "parent_id": "$collection"},
        body={"name": "new", "parent_id": "$collection"},
        then=(
            "/storage/notes/collections?parent_id=$collection",
            200,
            {"collections": [{"name": "new"}], "total": 2},
        ),
    ),
    case(
        "DELETE /api/kernel/storage/{a}/collections/{id}",
        id="$collection",
        answer={"deleted": True},
        then=("/storage/notes/documents/$document", 404, {}),
    ),
    case(
        "GET /api/kernel/storage/{a}/documents",
        query="collection_id=$collection",
        answer={"documents": [{"id": "$document", "content": "text"}], "next_cursor": None},
    ),
    case(
        "POST /api/kernel/storage/{a}/documents",
        201,
        {"name": "new", "content": "c", "collection_id": "$collection", "metadata": {"k": 1}},
        body={"name": "new", "content": "c", "collection_id": "$collection", "metadata": {"k": 1}},
        then=(IN_COLLECTION, 200, {"documents": [{"name": "new", "content": "c", "metadata": {"k": 1}}]}),
    ),
    case(
        "GET /api/kernel/storage/{a}/documents/{id}",
        id="$document",
        answer={"id": "$document", "collection_id": "$collection", "content": "text"},
    ),
    case(
        "PUT /api/kernel/storage/{a}/documents/{id}",
        id="$document",
        body={"content": "new"},
        answer={"id": "$document", "name": "document", "content": "new"},
        then=("/storage/notes/documents/$document", 200, {"name": "document", "content": "new"}),
    ),
    case(
        "DELETE /api/kernel/storage/{a}/documents/{id}",
        id="$document",
        answer={"deleted": True},
        then=("/storage/notes/documents/$document", 404, {}),
    ),
    case(
        "GET /api/kernel/apps",
        answer={"apps": [{"id": "notes", "name": "Notes", "status": "enabled"}, {"id": "other"}]},
    ),
    case("GET /api/kernel/apps/{a}", answer={"id": "notes", "version": "1.2", "manifest": {"id": "notes"}}),
    case(
        "GET /api/kernel/apps/{a}/status",
        answer={"id": "notes", "status": "enabled", "capabilities": {"required": ["vfs:write"]}},
    ),
    case(
        "POST /api/kernel/apps/{a}/enable",
        app="other",
        first="/apps/other/disable",
        answer={"id": "other", "status": "enabled"},
        then=("/settings/other", 200, {"app_id": "other"}),
    ),
    case(
        "POST /api/kernel/apps/{a}/disable",
        app="other",
        first="/apps/other/enable",
        answer={"id": "other", "status": "disabled"},
        then=("/settings/other", 503, {}),
    ),
    case(
        "GET /api/kernel/vfs/{a}/children",
        query="parent_id=$folder",
        answer={
            "folders": [{"id": "$inner"}],
            "files": [{"id": "$file"}],
            "total_folders": 1,
            "total_files": 1,
        },
    ),
    case(
        "POST /api/kernel/vfs/{a}/folders",
        201,
        {"name": "new", "parent_id": "$folder", "depth": 1, "metadata": {"k": 1}},
        body={"name": "new", "parent_id": "$folder", "metadata": {"k": 1}},
        then=(ALL_BELOW, 200, {"folders": [{"name": "new", "metadata": {"k": 1}}], "total_folders": 2}),
    ),
    case(
        "GET /api/kernel/vfs/{a}/folders/{id}",
        id="$inner",
        answer={"name": "inner", "parent_id": "$folder", "depth": 1},
    ),
    case(
        "DELETE /api/kernel/vfs/{a}/folders/{id}",
        id="$folder",
        answer={"deleted": True},
        then=("/vfs/notes/files/$file", 404, {}),
    ),
    case(
        "GET /api/kernel/vfs/{a}/folders/{id}/path",
        id="$inner",
        answer={"path": [{"id": "$folder"}, {"id": "$inner"}]},
    ),
    case(
        "POST /api/kernel/vfs/{a}/files",
        201,
        {"name": "new.txt", "content": "c", "folder_id": "$folder", "version": 1},
        body={"name": "new.txt", "content": "c", "folder_id": "$folder"},
        then=(ALL_BELOW, 200, {"files": [{"name": "new.txt", "content": "c"}], "total_files": 2}),
    ),
    case(
        "GET /api/kernel/vfs/{a}/files/{id}",
        id="$file",
        answer={
            "id": "$file",
            "name": "$file_name",
            "content": "newer",
            "version": 2,
            "folder_id": "$folder",
        },
    ),
    case(
        "PUT /api/kernel/vfs/{a}/files/{id}",
        id="$file",
        body={"content": "newest", "change_source": "editor"},
        answer={"id": "$file", "content": "newest", "version": 3},
        then=(
            "/vfs/notes/files/$file/versions",
            200,
            {"versions": [{"version": 2, "content": "newer", "change_source": "editor"}], "total": 2},
        ),
    ),
    case(
        "DELETE /api/kernel/vfs/{a}/files/{id}",
        id="$file",
        answer={"deleted": True},
        then=("/vfs/notes/files/$file", 404, {}),
    ),
    case(
        "GET /api/kernel/vfs/{a}/files/{id}/versions",
        id="$file",
        answer={
            "file_id": "$file",
            "versions": [{"id": "$version", "version": 1, "content": "older"}],
            "total": 1,
        },
    ),
    case(
        "GET /api/kernel/vfs/{a}/search",
        query="q=$file_name",
        answer={"query": "$file_name", "results": [{"id": "$file"}]},
    ),
    case(
        "POST /api/kernel/vfs/{a}/folders/{id}/move",
        id="$folder",
        body={"new_parent_id": "$target"},
        answer={"id": "$folder", "parent_id": "$target", "depth": 1},
        then=("/vfs/notes/folders/$inner", 200, {"parent_id": "$folder", "depth": 2}),
    ),
    case(
        "POST /api/kernel/vfs/{a}/files/{id}/move",
        id="$file",
        body={"new_folder_id": "$target"},
        answer={"id": "$file", "folder_id": "$target"},
        then=("/vfs/notes/children?parent_id=$target", 200, {"files": [{"id": "$file"}], "total_files": 1}),
    ),
    case(
        "PATCH /api/kernel/vfs/{a}/folders/{id}/rename",
        id="$inner",
        body={"name": "renamed"},
        answer={"id": "$inner", "name": "renamed"},
        then=("/vfs/notes/folders/$inner", 200, {"name": "renamed"}),
    ),
    case(
        "PATCH /api/kernel/vfs/{a}/files/{id}/rename",
        id="$file",
        body={"name": "renamed"},
        answer={"id": "$file", "name": "renamed"},
        then=("/vfs/notes/files/$file", 200, {"name": "renamed", "content": "newer"}),
    ),
    case(
        "POST /api/kernel/vfs/{a}/files/{id}/versions/{vid}/restore",
        id="$file",
        answer={"id": "$file", "content": "older", "version": 3},
        then=("/vfs/notes/files/$file", 200, {"content": "older", "version": 3}),
    ),
    case(
        "GET /api/kernel/audit/{a}",
        query="limit=1",
        answer={"app_id": "notes", "logs": [{"action": "update", "resource_id": "$file"}]},
    ),
    case("GET /api/kernel/audit/usage/{a}", answer={"app_id": "notes", "usage": [{"resource": "api_calls"}]}),
    case(
        "GET /api/kernel/audit/all",
        query="limit=1&resource_type=document&action=create",
        answer={"logs": [{"app_id": "notes", "resource_type": "document", "resource_id": "$document"}]},
    ),
    case("GET /api/kernel/audit/summary", answer={"summary": [{"app_id": "notes", "action": "create"}]}),
    case("GET /api/kernel/audit/usage", answer={"usage": [{"app_id": "notes", "resource": "api_calls"}]}),
    case(
        "GET /api/kernel/bus/contracts",
        answer={"contracts": [{"event_type": "note.saved", "source_app": "notes"}]},
    ),
    case(
        "GET /api/kernel/bus/subscriptions",
        answer={"subscriptions": [{"event_type": "note.saved", "app_id": "notes"}]},
    ),
]


@pytest.fixture
def rows(service: Service) -> dict[str, str]:
    number = next(NUMBERS)
    made: dict[str, str] = {"app": "notes", "file_name": f"file-{number}.txt"}

    def make(name: str, path: str, body: dict[str, Any]) -> None:
        made[name] = service.post(path, fill(body, made))["id"]

    service.call("DELETE", "/settings/notes")
    service.call("PUT", "/settings/notes", {"theme": "dark"})
    make("collection", "/storage/notes/collections", {"name": f"collection {number}"})
    make("below", "/storage/notes/collections", {"name": "below", "parent_id": "$collection"})
    document = {"name": "document", "content": "text", "collection_id": "$collection"}
    make("document", "/storage/notes/documents", document)
    make("target", "/vfs/notes/folders", {"name": f"target {number}"})
    make("folder", "/vfs/notes/folders", {"name": f"folder {number}"})
    make("inner", "/vfs/notes/folders", {"name": "inner", "parent_id": "$folder"})
    make("file", "/vfs/notes/files", {"name": "$file_name", "content": "older", "folder_id": "$folder"})
    file = f"/vfs/notes/files/{made['file']}"
    assert service.call("PUT", file, {"content": "newer"}).status == 200
    made["version"] = service.get(file + "/versions")["versions"][0]["id"]
    return made


def fill(value: Any, rows: dict[str, str]) -> Any:
    """The value with the rows' values in it."""
    if isinstance(value, dict):
        return {key: fill(each, rows) for key, each in value.items()}
    if isinstance(value, list):
        return [fill(each, rows) for each in value]
    if isinstance(value, str) and "$" in value:
        before, _, name = value.partition("$")
        name, slash, after = name.partition("/")
        return before + rows[name] + slash + after
    return value


def holds(found: Any, wanted: Any) -> bool:
    """All members that are wanted are there, and of a list all elements; an empty one is empty."""
    if isinstance(wanted, dict) and wanted and isinstance(found, dict):
        return all(key in found and holds(found[key], each) for key, each in wanted.items())
    if isinstance(wanted, list) and wanted and isinstance(found, list):
        return all(any(holds(one, each) for one in found) for each in wanted)
    return type(found) is type(wanted) and found == wanted


@pytest.mark.parametrize("each", CASES)
def test_what_it_does(service: Service, rows: dict[str, str], each: Case) -> None:
    if each.first:
        service.post(each.first, status=200)
    method, _, path = each.operation.partition(" /api/kernel")
    path = (
        path.replace("{a}", each.app).replace("{vid}", rows["version"]).replace("{id}", fill(each.id, rows))
    )
    if each.query:
        path += "?" + fill(each.query, rows)
    answer = service.call(method, path, fill(each.body, rows))
    assert answer.status == each.status, answer
    assert holds(answer.body, fill(each.answer, rows)), answer
    if each.then:
        place, status, wanted = each.then
        after = service.call("GET", fill(place, rows))
        assert after.status == status, after
        assert not wanted or holds(after.body, fill(wanted, rows)), after


@pytest.mark.parametrize("operation", ["GET /api/kernel/bus/events", "POST /api/kernel/bus/publish"])
def test_what_is_published_is_heard(service: Service, operation: str) -> None:
    """One is not seen without the other."""
    stream = Stream(service)
    event = {"event_type": "heard", "source_app": "notes", "data": {"of": operation}}
    assert service.post("/bus/publish", event, 202) == {"status": "accepted", "event_type": "heard"}
    (heard,) = stream.take(1)
    stream.close()
    assert heard.data == {"event_type": "heard", "source_app": "notes", "of": operation}
