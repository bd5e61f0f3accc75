# SPDX-License-Identifier: MIT
from __future__ import annotations

import uuid
from typing import Any

from kernel_client import Service

NOWHERE = str(uuid.uuid4())


def folder(service: Service, name: str, parent: str | None = None, app: str = "notes") -> str:
    return service.post(f"/vfs/{app}/folders", {"name": name, "parent_id": parent})["id"]


def file(service: Service, name: str, app: str = "notes", **more: Any) -> str:
    return service.post(f"/vfs/{app}/files", {"name": name} | more)["id"]


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [each["name"] for each in rows]


def test_folders(service: Service) -> None:
    made = service.post("/vfs/notes/folders", {"name": "work", "metadata": {"color": "red"}})
    assert set(made) == {"id", "app_id", "name", "parent_id", "depth", "metadata", "created_at", "updated_at"}
    assert (made["depth"], made["metadata"], made["parent_id"]) == (0, {"color": "red"}, None)
    inner = folder(service, "plans", made["id"])
    assert service.get(f"/vfs/notes/folders/{inner}")["depth"] == 1
    assert names(service.get(f"/vfs/notes/folders/{inner}/path")["path"]) == ["work", "plans"]
    assert service.get(f"/vfs/notes/folders/{NOWHERE}/path") == {"path": []}
    assert service.get("/vfs/notes/folders/5/path") == {"path": []}
    file(service, "b.txt", folder_id=made["id"])
    file(service, "a.txt", folder_id=made["id"], content="hello")
    children = service.get(f"/vfs/notes/children?parent_id={made['id']}")
    assert (names(children["folders"]), names(children["files"])) == (["plans"], ["a.txt", "b.txt"])
    assert children["files"][0]["content"] == "hello"
    assert "work" in names(service.get("/vfs/notes/children")["folders"])
    nothing = service.get(f"/vfs/notes/children?parent_id={NOWHERE}")
    assert (nothing["folders"], nothing["files"]) == ([], [])


def test_a_folder_goes_with_what_is_in_it(service: Service) -> None:
    root = folder(service, "goes")
    inner = folder(service, "inner", root)
    gone = file(service, "gone.txt", folder_id=inner)
    assert service.call("DELETE", f"/vfs/notes/folders/{root}").body == {"deleted": True}
    service.refused(404, "GET", f"/vfs/notes/folders/{inner}")
    service.refused(404, "GET", f"/vfs/notes/files/{gone}")
    assert "gone.txt" not in names(service.get("/vfs/notes/children")["files"])
    assert service.refused(404, "DELETE", f"/vfs/notes/folders/{root}") == "Folder not found"


def test_folders_are_eight_deep_at_most(service: Service) -> None:
    deepest = None
    for depth in range(8):
        deepest = folder(service, f"deep{depth}", deepest)
    body = {"name": "deep8", "parent_id": deepest}
    assert service.refused(400, "POST", "/vfs/notes/folders", body) == "Max folder depth (8) exceeded"
    assert len(service.get(f"/vfs/notes/folders/{deepest}/path")["path"]) == 8
    two = folder(service, "two")
    folder(service, "below", two)
    path = service.get(f"/vfs/notes/folders/{deepest}/path")["path"]
    move = {"new_parent_id": path[6]["id"]}
    assert (
        service.refused(400, "POST", f"/vfs/notes/folders/{two}/move", move)
        == "Max folder depth (8) exceeded"
    )
    assert service.get(f"/vfs/notes/folders/{two}")["depth"] == 0


def test_moving_and_renaming_folders(service: Service) -> None:
    one, two = folder(service, "one"), folder(service, "second")
    inner = folder(service, "inner", one)
    moved = service.post(f"/vfs/notes/folders/{one}/move", {"new_parent_id": two}, 200)
    assert (moved["parent_id"], moved["depth"]) == (two, 1)
    assert service.get(f"/vfs/notes/folders/{inner}")["depth"] == 2
    for target in (one, inner, NOWHERE):
        service.refused(400, "POST", f"/vfs/notes/folders/{one}/move", {"new_parent_id": target})
    assert service.post(f"/vfs/notes/folders/{one}/move", {}, 200)["parent_id"] is None
    service.refused(404, "POST", f"/vfs/notes/folders/{NOWHERE}/move", {})
    renamed = service.call("PATCH", f"/vfs/notes/folders/{one}/rename", {"name": "first"})
    assert (renamed.status, renamed.body["name"]) == (200, "first")
    service.refused(409, "PATCH", f"/vfs/notes/folders/{one}/rename", {"name": "second"})
    service.refused(404, "PATCH", f"/vfs/notes/folders/{NOWHERE}/rename", {"name": "x"})
    service.refused(422, "PATCH", f"/vfs/notes/folders/{one}/rename", {})
    service.refused(422, "POST", f"/vfs/notes/folders/{one}/move", {"new_parent_id": 5})


def test_names_of_folders_are_taken_once(service: Service) -> None:
    root = folder(service, "unique")
    folder(service, "inner", root)
    service.refused(409, "POST", "/vfs/notes/folders", {"name": "unique"})
    service.refused(409, "POST", "/vfs/notes/folders", {"name": "inner", "parent_id": root})
    folder(service, "unique", app="other")


def test_a_file_and_its_versions(service: Service) -> None:
    made = service.post("/vfs/notes/files", {"name": "plan.md"})
    assert set(made) == {
        "id",
        "app_id",
        "folder_id",
        "name",
        "content",
        "content_type",
        "version",
        "metadata",
        "created_at",
        "updated_at",
    }
    assert (made["content"], made["content_type"], made["version"]) == ("", "text/plain", 1)
    path = f"/vfs/notes/files/{made['id']}"
    assert service.get(path) == made
    for content, source in (("one", "editor"), ("two", None)):
        service.call("PUT", path, {"content": content, "change_source": source})
    assert service.call("PUT", path, {"content": "two", "name": "plan2.md"}).body["version"] == 3
    versions = service.get(path + "/versions")
    assert versions["file_id"] == made["id"]
    assert [(each["version"], each["content"], each["change_source"]) for each in versions["versions"]] == [
        (2, "one", None),
        (1, "", "editor"),
    ]
    first = versions["versions"][1]["id"]
    restored = service.post(f"{path}/versions/{first}/restore", status=200)
    assert (restored["content"], restored["version"]) == ("", 4)
    assert service.get(path + "/versions")["versions"][0]["change_source"] == "restore"
    newest = service.get("/audit/notes?limit=1")["logs"][0]
    assert (newest["action"], newest["details"]) == ("restore", {"restored_version_id": first})
    assert service.call("DELETE", path).body == {"deleted": True}
    assert service.get(path + "/versions")["versions"] == []
    for method, body in (("GET", None), ("PUT", {"name": "x"}), ("DELETE", None)):
        assert service.refused(404, method, path, body) == "File not found"


def test_restoring_what_is_not_there(service: Service) -> None:
    one, two = file(service, "one"), file(service, "two")
    service.call("PUT", f"/vfs/notes/files/{one}", {"content": "x"})
    version = service.get(f"/vfs/notes/files/{one}/versions")["versions"][0]["id"]
    for bad in (version, NOWHERE, "5"):
        assert (
            service.refused(400, "POST", f"/vfs/notes/files/{two}/versions/{bad}/restore")
            == "Version not found"
        )
    service.refused(404, "POST", f"/vfs/notes/files/{NOWHERE}/versions/{version}/restore")


def test_a_file_that_changed_meanwhile_is_not_written_over(service: Service) -> None:
    path = f"/vfs/notes/files/{file(service, 'locked')}"
    assert service.call("PUT", path, {"content": "mine", "expected_version": 1}).body["version"] == 2
    service.refused(409, "PUT", path, {"content": "theirs", "expected_version": 1})
    assert service.get(path)["content"] == "mine"
    service.refused(422, "PUT", path, {"expected_version": "1"})


def test_moving_and_renaming_files(service: Service) -> None:
    target = folder(service, "target")
    made = file(service, "moved.txt")
    assert (
        service.post(f"/vfs/notes/files/{made}/move", {"new_folder_id": target}, 200)["folder_id"] == target
    )
    refused = service.refused(400, "POST", f"/vfs/notes/files/{made}/move", {"new_folder_id": NOWHERE})
    assert refused == "Target folder not found"
    assert service.post(f"/vfs/notes/files/{made}/move", status=200)["folder_id"] is None
    service.refused(404, "POST", f"/vfs/notes/files/{NOWHERE}/move", {"new_folder_id": target})
    renamed = service.call("PATCH", f"/vfs/notes/files/{made}/rename", {"name": "new.txt"})
    assert renamed.body["name"] == "new.txt"
    service.refused(404, "PATCH", f"/vfs/notes/files/{NOWHERE}/rename", {"name": "x"})
    service.refused(422, "PATCH", f"/vfs/notes/files/{made}/rename", {"name": ""})


def test_search_takes_every_character_as_itself(service: Service) -> None:
    for name in ("100%.txt", "100x.txt", "a_b.txt", "aXb.txt", "it's.txt"):
        file(service, name)
    found = service.get("/vfs/notes/search?q=100%25")
    assert (found["app_id"], found["query"], names(found["results"])) == ("notes", "100%", ["100%.txt"])
    assert names(service.get("/vfs/notes/search?q=A_B")["results"]) == ["a_b.txt"]
    assert names(service.get("/vfs/notes/search?q=it%27s")["results"]) == ["it's.txt"]
    assert service.get("/vfs/other/search?q=100")["results"] == []
    service.refused(422, "GET", "/vfs/notes/search")
    service.refused(422, "GET", "/vfs/notes/search?q=")


def test_no_row_refers_to_another_app(service: Service) -> None:
    theirs = folder(service, "theirs", app="other")
    secret = file(service, "secret.txt", app="other", folder_id=theirs, content="secret")
    service.call("PUT", f"/vfs/other/files/{secret}", {"content": "more"})
    version = service.get(f"/vfs/other/files/{secret}/versions")["versions"][0]["id"]
    mine, my_folder = file(service, "mine.txt"), folder(service, "mine")
    for status, method, path, body in (
        (400, "POST", "folders", {"name": "x", "parent_id": theirs}),
        (400, "POST", "files", {"name": "x", "folder_id": theirs}),
        (400, "POST", f"files/{mine}/move", {"new_folder_id": theirs}),
        (400, "POST", f"folders/{my_folder}/move", {"new_parent_id": theirs}),
        (400, "POST", f"files/{mine}/versions/{version}/restore", None),
        (404, "GET", f"folders/{theirs}", None),
        (404, "DELETE", f"folders/{theirs}", None),
        (404, "POST", f"folders/{theirs}/move", {}),
        (404, "PATCH", f"folders/{theirs}/rename", {"name": "x"}),
        (404, "GET", f"files/{secret}", None),
        (404, "PUT", f"files/{secret}", {"content": "x"}),
        (404, "DELETE", f"files/{secret}", None),
        (404, "POST", f"files/{secret}/move", {}),
        (404, "PATCH", f"files/{secret}/rename", {"name": "x"}),
        (404, "POST", f"files/{secret}/versions/{version}/restore", None),
    ):
        service.refused(status, method, f"/vfs/notes/{path}", body)
    assert service.get(f"/vfs/notes/children?parent_id={theirs}")["files"] == []
    assert service.get(f"/vfs/notes/folders/{theirs}/path")["path"] == []
    assert service.get(f"/vfs/notes/files/{secret}/versions")["versions"] == []
    kept = service.get(f"/vfs/other/files/{secret}")
    assert (kept["content"], kept["version"], kept["folder_id"], kept["name"]) == (
        "more",
        2,
        theirs,
        "secret.txt",
    )


def test_errors_of_bodies_and_capabilities(service: Service) -> None:
    service.refused(400, "POST", "/vfs/notes/folders", {"name": "x", "parent_id": NOWHERE})
    service.refused(400, "POST", "/vfs/notes/files", {"name": "x", "folder_id": NOWHERE})
    for path, body in (
        ("folders", {}),
        ("folders", {"name": 1}),
        ("files", {"content": "x"}),
        ("files", {"name": []}),
    ):
        service.refused(422, "POST", f"/vfs/notes/{path}", body)
    for path in ("folders/5", "files/5"):
        service.refused(404, "GET", f"/vfs/notes/{path}")
    reads = ["children", f"folders/{NOWHERE}", f"folders/{NOWHERE}/path", f"files/{NOWHERE}", "search?q=x"]
    for path in [*reads, f"files/{NOWHERE}/versions"]:
        assert service.refused(403, "GET", f"/vfs/nothing/{path}").endswith("capability: vfs:read")
    for method, path in (
        ("POST", "folders"),
        ("DELETE", f"folders/{NOWHERE}"),
        ("POST", f"folders/{NOWHERE}/move"),
        ("PATCH", f"folders/{NOWHERE}/rename"),
        ("POST", "files"),
        ("PUT", f"files/{NOWHERE}"),
        ("DELETE", f"files/{NOWHERE}"),
        ("POST", f"files/{NOWHERE}/move"),
        ("PATCH", f"files/{NOWHERE}/rename"),
        ("POST", f"files/{NOWHERE}/versions/{NOWHERE}/restore"),
    ):
        assert service.refused(403, method, f"/vfs/reader/{path}", {}).endswith("capability: vfs:write")
