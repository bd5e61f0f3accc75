# SPDX-License-Identifier: MIT
from __future__ import annotations

import sqlite3
import uuid

import pytest
from kernel_client import Service

NOWHERE = str(uuid.uuid4())


def collection(service: Service, name: str, parent: str | None = None, app: str = "notes") -> str:
    return service.post(f"/storage/{app}/collections", {"name": name, "parent_id": parent})["id"]


def document(service: Service, name: str, app: str = "notes", **more: object) -> str:
    return service.post(f"/storage/{app}/documents", {"name": name, "content": "{}"} | more)["id"]


def test_collections(service: Service) -> None:
    made = service.post("/storage/notes/collections", {"name": "b"})
    assert set(made) == {"id", "app_id", "name", "parent_id", "created_at", "updated_at"}
    assert (made["app_id"], made["name"], made["parent_id"]) == ("notes", "b", None)
    assert made["created_at"].endswith("Z")
    collection(service, "a")
    below = collection(service, "c", made["id"])
    roots = service.get("/storage/notes/collections")
    assert [each["name"] for each in roots["collections"]] == ["a", "b"]
    assert (roots["app_id"], roots["total"]) == ("notes", 2)
    assert roots["collections"][1] == made
    children = service.get(f"/storage/notes/collections?parent_id={made['id']}")
    assert [each["id"] for each in children["collections"]] == [below]
    assert service.get(f"/storage/notes/collections?parent_id={NOWHERE}")["collections"] == []
    assert service.get("/storage/notes/collections?per_page=1&page=2")["collections"] == [made]


def test_names_of_collections_are_taken_once(service: Service) -> None:
    root = collection(service, "twice")
    collection(service, "inner", root)
    service.refused(409, "POST", "/storage/notes/collections", {"name": "twice"})
    service.refused(409, "POST", "/storage/notes/collections", {"name": "inner", "parent_id": root})
    collection(service, "twice", app="other")


def test_a_collection_goes_with_what_is_in_it(service: Service) -> None:
    root = collection(service, "goes")
    inner = collection(service, "inner", root)
    kept = document(service, "kept")
    gone = document(service, "gone", collection_id=inner)
    assert service.call("DELETE", f"/storage/notes/collections/{root}").body == {"deleted": True}
    service.refused(404, "GET", f"/storage/notes/documents/{gone}")
    assert service.get(f"/storage/notes/documents/{kept}")["name"] == "kept"
    assert service.refused(404, "DELETE", f"/storage/notes/collections/{root}") == "Collection not found"


def test_documents(service: Service) -> None:
    made = service.post("/storage/notes/documents", {"name": "d", "content": "text"})
    assert set(made) == {
        "id",
        "app_id",
        "collection_id",
        "name",
        "content_type",
        "content",
        "metadata",
        "created_at",
        "updated_at",
    }
    assert (made["content_type"], made["metadata"], made["collection_id"]) == ("application/json", None, None)
    path = f"/storage/notes/documents/{made['id']}"
    assert service.get(path) == made
    changed = service.call("PUT", path, {"content": "new", "metadata": {"k": [1]}})
    assert (changed.status, changed.body["content"], changed.body["metadata"]) == (200, "new", {"k": [1]})
    assert (changed.body["name"], changed.body["created_at"]) == ("d", made["created_at"])
    assert service.get(path) == changed.body
    assert service.call("PUT", path, {"metadata": None}).body["metadata"] is None
    assert service.call("DELETE", path).body == {"deleted": True}
    for method, body in (("GET", None), ("PUT", {"name": "x"}), ("DELETE", None)):
        assert service.refused(404, method, path, body) == "Document not found"


def test_a_document_that_changed_meanwhile_is_not_written_over(service: Service) -> None:
    made = service.post("/storage/notes/documents", {"name": "d", "content": "1"})
    path = f"/storage/notes/documents/{made['id']}"
    seen = {"expected_updated_at": made["updated_at"]}
    assert service.call("PUT", path, {"content": "2"} | seen).status == 200
    service.refused(409, "PUT", path, {"content": "3"} | seen)
    assert service.get(path)["content"] == "2"
    service.refused(422, "PUT", path, {"content": "3", "expected_updated_at": "yesterday"})


def test_metadata_of_another_program_that_is_no_json_is_none(service: Service) -> None:
    made = service.post("/storage/notes/documents", {"name": "d", "content": "", "metadata": {"k": 1}})
    with sqlite3.connect(service.file) as connection:
        connection.execute("update app_documents set metadata_json = '{' where id = ?", (made["id"],))
    connection.close()
    assert service.get(f"/storage/notes/documents/{made['id']}")["metadata"] is None


def test_documents_come_by_cursor(service: Service) -> None:
    inside = collection(service, "paged")
    made = [document(service, f"d{number}", collection_id=inside) for number in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = service.get(f"/storage/notes/documents?collection_id={inside}&limit=2{cursor}")
        seen += [each["id"] for each in page["documents"]]
        assert len(page["documents"]) <= 2
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == made[::-1]
    everything = service.get("/storage/notes/documents?limit=200")["documents"]
    assert {each["id"] for each in everything} >= set(made)


def test_a_foreign_cursor_is_refused(service: Service) -> None:
    for number in range(2):
        document(service, f"d{number}")
    cursor = service.get("/storage/notes/documents?limit=1")["next_cursor"]
    assert cursor
    place, _, checksum = cursor.partition(".")
    changed = [cursor[:-1] + ("0" if cursor[-1] != "0" else "1"), place[:-2] + "AA." + checksum]
    for bad in (*changed, cursor[:-2], place, place + ".", "." + checksum, "", "x", "%00", "' or 1=1"):
        path = f"/storage/notes/documents?cursor={bad.replace(' ', '+')}"
        assert "cursor" in service.refused(422, "GET", path)


def test_a_cursor_of_another_list_is_refused(service: Service) -> None:
    one, two = collection(service, "list one"), collection(service, "list two")
    theirs = collection(service, "list", app="other")
    for app, inside in (("notes", one), ("notes", two), ("other", theirs)):
        for number in range(2):
            document(service, f"d{number}", app=app, collection_id=inside)
    lists = [
        "notes/documents?",
        f"notes/documents?collection_id={one}&",
        f"notes/documents?collection_id={two}&",
        "other/documents?",
        f"other/documents?collection_id={theirs}&",
    ]
    cursors = [service.get(f"/storage/{each}limit=1")["next_cursor"] for each in lists]
    for asked in lists:
        for given, cursor in zip(lists, cursors, strict=True):
            path = f"/storage/{asked}limit=1&cursor={cursor}"
            if given == asked:
                assert len(service.get(path)["documents"]) == 1
            else:
                assert "cursor" in service.refused(422, "GET", path)
    # The place of one list does not come in with the checksum of another one, either.
    mixed = cursors[3].partition(".")[0] + "." + cursors[0].partition(".")[2]
    assert "cursor" in service.refused(422, "GET", f"/storage/notes/documents?cursor={mixed}")


def chain(service: Service, name: str, app: str = "notes", levels: int = 999) -> list[str]:
    """Collections, each in the one before it, as another program stores them."""
    ids = [str(uuid.uuid4()) for _ in range(levels)]
    with sqlite3.connect(service.file) as connection:
        time = "2026-01-01 00:00:00.000000"
        connection.executemany(
            "insert into app_collections (id, app_id, name, parent_id, created_at, updated_at)"
            " values (?, ?, ?, ?, ?, ?)",
            [(each, app, name, above, time, time) for above, each in zip([None, *ids], ids, strict=False)],
        )
    connection.close()
    return ids


def test_collections_are_a_thousand_deep_at_most(service: Service) -> None:
    deepest = collection(service, "deepest", chain(service, "deep")[-1])
    body = {"name": "deeper", "parent_id": deepest}
    assert (
        service.refused(400, "POST", "/storage/notes/collections", body)
        == "Max collection depth (1000) exceeded"
    )


@pytest.mark.parametrize("levels", [1000, 1500])
def test_the_deepest_chain_goes_in_one_request(service: Service, levels: int) -> None:
    """With a collection beside each of the chain, and a document in all of them. A thousand levels are the
    most that SQLite deletes by itself; other programs nest deeper than clients of the service may."""

    def rows(table: str, which: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(service.file) as connection:
            found = connection.execute(f"select * from {table} where {which} order by id").fetchall()
        connection.close()
        return found

    ids = chain(service, "chain", levels=levels)
    theirs = chain(service, f"chain {levels}", "other", 50)
    kept = document(service, "in no collection")
    document(service, "theirs", "other", collection_id=theirs[-1])
    time = "2026-01-01 00:00:00.000000"
    parents = enumerate([ids[0], *ids[:-1]])
    beside = [(str(uuid.uuid4()), f"beside {number}", each, time, time) for number, each in parents]
    with sqlite3.connect(service.file) as connection:
        connection.executemany(
            "insert into app_collections (id, app_id, name, parent_id, created_at, updated_at)"
            " values (?, 'notes', ?, ?, ?, ?)",
            beside,
        )
        connection.executemany(
            "insert into app_documents (id, app_id, collection_id, name, content, created_at, updated_at)"
            " values (?, 'notes', ?, 'of the chain', 'x', ?, ?)",
            [(str(uuid.uuid4()), each, time, time) for each in [*ids, *(row[0] for row in beside)]],
        )
    connection.close()
    gone = "app_id = 'notes' and (name = 'chain' or name like 'beside %')"
    assert len(rows("app_collections", gone)) == 2 * levels
    below = f"collection_id in (select id from app_collections where {gone})"
    assert len(rows("app_documents", below)) == 2 * levels
    others = [rows(table, "app_id = 'other'") for table in ("app_collections", "app_documents")]
    answer = service.call("DELETE", f"/storage/notes/collections/{ids[0]}")
    assert (answer.status, answer.body) == (200, {"deleted": True})
    assert rows("app_collections", gone) == []
    assert rows("app_documents", "app_id = 'notes' and name = 'of the chain'") == []
    assert [rows(table, "app_id = 'other'") for table in ("app_collections", "app_documents")] == others
    assert service.get(f"/storage/notes/documents/{kept}")["name"] == "in no collection"


def test_no_row_refers_to_another_app(service: Service) -> None:
    theirs = collection(service, "theirs", app="other")
    secret = document(service, "secret", app="other", collection_id=theirs)
    service.refused(
        400, "POST", "/storage/notes/documents", {"name": "d", "content": "", "collection_id": theirs}
    )
    service.refused(400, "POST", "/storage/notes/collections", {"name": "mine", "parent_id": theirs})
    assert service.get(f"/storage/notes/collections?parent_id={theirs}")["collections"] == []
    assert service.get(f"/storage/notes/documents?collection_id={theirs}")["documents"] == []
    for method, body in (("GET", None), ("PUT", {"content": "x"}), ("DELETE", None)):
        service.refused(404, method, f"/storage/notes/documents/{secret}", body)
    service.refused(404, "DELETE", f"/storage/notes/collections/{theirs}")
    assert service.get(f"/storage/other/documents/{secret}")["content"] == "{}"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "d"},
        {"name": "", "content": ""},
        {"name": None, "content": ""},
        {"name": 5, "content": ""},
        {"name": "d", "content": {}},
        {"name": "d", "content": "", "metadata": []},
        {"name": "d", "content": "", "metadata": "text"},
        {"name": "d", "content": "", "collection_id": 7},
        {"name": "d", "content": "", "collection_id": "7"},
        {"name": "d", "content": "", "colection_id": NOWHERE},
    ],
)
def test_what_is_no_document(service: Service, body: object) -> None:
    before = service.get("/audit/notes")["total"]
    service.refused(422, "POST", "/storage/notes/documents", body)
    assert service.get("/audit/notes")["total"] == before


def test_other_errors(service: Service) -> None:
    service.refused(
        400, "POST", "/storage/notes/documents", {"name": "d", "content": "", "collection_id": NOWHERE}
    )
    service.refused(400, "POST", "/storage/notes/collections", {"name": "d", "parent_id": NOWHERE})
    service.refused(422, "POST", "/storage/notes/collections", {})
    service.refused(404, "GET", "/storage/notes/documents/5")
    service.refused(422, "GET", "/storage/notes/documents?collection_id=5")
    service.refused(422, "GET", "/storage/notes/documents?colection_id=5")
    for limit in ("0", "201", "-1", "1.5", "many", ""):
        service.refused(422, "GET", f"/storage/notes/documents?limit={limit}")
    for page in ("page=0", "per_page=0", "per_page=1001", "page=99999999999999999999"):
        service.refused(422, "GET", f"/storage/notes/collections?{page}")


def test_what_a_reader_may(service: Service) -> None:
    assert service.get("/storage/reader/documents")["documents"] == []
    assert service.get("/storage/reader/collections")["collections"] == []
    service.refused(404, "GET", f"/storage/reader/documents/{NOWHERE}")
    for method, path, body in (
        ("POST", "documents", {"name": "d", "content": ""}),
        ("POST", "collections", {"name": "d"}),
        ("PUT", f"documents/{NOWHERE}", {}),
        ("DELETE", f"documents/{NOWHERE}", None),
        ("DELETE", f"collections/{NOWHERE}", None),
    ):
        detail = service.refused(403, method, f"/storage/reader/{path}", body)
        assert detail == "App 'reader' lacks required capability: storage:write"
    for path in ("documents", "collections", f"documents/{NOWHERE}"):
        service.refused(403, "GET", f"/storage/nothing/{path}")
