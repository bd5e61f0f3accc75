# SPDX-License-Identifier: MIT
"""The page's long lists, which go on by a link, and its choice of the app."""

from __future__ import annotations

import json
from itertools import chain

import pytest
from browser import Browser, program
from kernel_client import Service, call

pytestmark = pytest.mark.skipif(program() is None, reason="needs chromium: scripts/setup.sh test")

DOCUMENTS, COLLECTIONS, VERSIONS = 120, 202, 202


@pytest.fixture(scope="module")
def filled(service: Service) -> str:
    """The id of the file."""
    connection = service.connect()
    for number in range(DOCUMENTS):
        document = {"name": f"d{number}", "content": ""}
        assert call(connection, "POST", "/storage/notes/documents", document).status == 201
    for number in range(COLLECTIONS):
        name = {"name": f"c{number:03}"}
        assert call(connection, "POST", "/storage/notes/collections", name).status == 201
    file = call(connection, "POST", "/vfs/notes/files", {"name": "f", "content": "content 1"}).body["id"]
    for number in range(2, VERSIONS + 2):
        changed = call(connection, "PUT", f"/vfs/notes/files/{file}", {"content": f"content {number}"})
        assert changed.body["version"] == number
    connection.close()
    return file


def show(browser: Browser, service: Service, view: str, more: str = "") -> None:
    browser.open(f"http://127.0.0.1:{service.port}/#view={view}&app=notes{more}")


def column(browser: Browser, head: str, at: int = 0) -> list[str]:
    """What stands in a column of the table that begins with this head."""
    return browser.run(
        "[...document.querySelectorAll('main table')]"
        f".filter((each) => each.querySelector('th').textContent === {json.dumps(head)})"
        f".flatMap((each) => [...each.tBodies[0].rows].map((row) => row.cells[{at}].textContent))"
    )


def follow(browser: Browser, text: str) -> bool:
    """Whether there is such a link; the page then shows what it leads to."""
    found = (
        f"[...document.querySelectorAll('main a')].find((each) => each.textContent === {json.dumps(text)})"
    )
    target = browser.run(f"{found}?.href ?? ''")
    if target:
        browser.run(f"{found}.click()")
        browser.until(
            f"location.href === {json.dumps(target)} && document.body.dataset.shows === location.hash"
        )
        assert browser.text("#failure") == ""
    return bool(target)


def pages(browser: Browser, link: str, head: str, at: int = 0) -> list[list[str]]:
    found = [column(browser, head, at)]
    while follow(browser, link):
        found.append(column(browser, head, at))
    return found


def test_all_documents_and_collections_can_be_reached(
    browser: Browser, service: Service, filled: str
) -> None:
    show(browser, service, "documents")
    found = list(chain(*pages(browser, "More", "Document")))
    assert found == [f"d{number}" for number in reversed(range(DOCUMENTS))]
    show(browser, service, "documents")
    assert follow(browser, "More")
    second = column(browser, "Document")
    found = pages(browser, "More collections", "Collection")
    assert [len(each) for each in found] == [200, COLLECTIONS - 200]
    assert list(chain(*found)) == [f"c{number:03}" for number in range(COLLECTIONS)]
    assert column(browser, "Document") == second  # each of the two lists keeps its place


def test_all_versions_can_be_reached(browser: Browser, service: Service, filled: str) -> None:
    show(browser, service, "files", f"&file={filled}")
    found = pages(browser, "More", "Version")
    assert [each[0] for each in found] == [str(VERSIONS + 1)] * 2  # the current one
    assert list(chain(*(each[1:] for each in found))) == [str(number) for number in range(VERSIONS, 0, -1)]
    assert follow(browser, "2")
    assert browser.text("#file") == "content 2"
    assert "2" in column(browser, "Version")


def test_the_whole_audit_log_can_be_reached(browser: Browser, service: Service, filled: str) -> None:
    total = service.get("/audit/notes")["total"]
    assert total == DOCUMENTS + COLLECTIONS + VERSIONS + 1
    show(browser, service, "audit")
    found = list(chain(*pages(browser, "Older", "Time", 3)))
    stored: list[str] = []
    while len(stored) < total:
        logs = service.get(f"/audit/notes?limit=200&offset={len(stored)}")["logs"]
        stored += [each["resource_id"] for each in logs]
    assert found == stored


def choose(browser: Browser, app: str) -> None:
    browser.run(
        "(() => { const choice = document.querySelector('#app');"
        f" choice.value = {json.dumps(app)}; choice.dispatchEvent(new Event('change')); }})()"
    )
    browser.until(
        f"new URLSearchParams(location.hash.slice(1)).get('app') === {json.dumps(app)}"
        " && document.body.dataset.shows === location.hash"
    )


def test_another_app_is_chosen_and_one_without_rows_has_nothing(
    browser: Browser, service: Service, filled: str
) -> None:
    service.call("PUT", "/settings/typed", {"theme": "dark"})
    service.call("PUT", "/settings/notes", {"theme": "light"})
    show(browser, service, "settings")
    assert column(browser, "Key", 1) == ['"light"']
    choose(browser, "typed")
    assert column(browser, "Key", 1) == ['"dark"']
    assert browser.run("document.querySelector('#views a[aria-current]').textContent") == "settings"
    choose(browser, "other")
    for view in ("settings", "documents", "files", "audit"):
        browser.click(view)
        browser.until(f"new URLSearchParams(location.hash.slice(1)).get('view') === {json.dumps(view)}")
        browser.until("document.body.dataset.shows === location.hash")
        assert "Nothing here." in browser.text("main")
        assert browser.run("document.querySelectorAll('main table').length") == 0
        assert browser.run("document.querySelector('#app').value") == "other"
        assert browser.text("#failure") == ""
