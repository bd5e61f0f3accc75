# SPDX-License-Identifier: MIT
"""The page, as a person uses it, in a browser."""

from __future__ import annotations

import pytest
from browser import Browser, program
from kernel_client import Service

SCRIPT = "<img src=x onerror=\"document.body.dataset.hacked='yes'\"><b>bold</b>"

pytestmark = pytest.mark.skipif(program() is None, reason="needs chromium: scripts/setup.sh test")


@pytest.fixture(scope="module")
def filled(service: Service) -> Service:
    service.call("PUT", "/settings/notes", {"theme": SCRIPT, "size": 12})
    inside = service.post("/storage/notes/collections", {"name": "Letters"})["id"]
    service.post("/storage/notes/documents", {"name": "Outside", "content": "o"})
    service.post(
        "/storage/notes/documents",
        {"name": "To Bob", "content": SCRIPT, "collection_id": inside, "metadata": {"lang": "de"}},
    )
    work = service.post("/vfs/notes/folders", {"name": "work"})["id"]
    plans = service.post("/vfs/notes/folders", {"name": SCRIPT, "parent_id": work})["id"]
    file = service.post(
        "/vfs/notes/files", {"name": "plan.md", "content": "first draft", "folder_id": plans}
    )["id"]
    service.call("PUT", f"/vfs/notes/files/{file}", {"content": SCRIPT, "change_source": "editor"})
    return service


def address(service: Service, view: str = "") -> str:
    return f"http://127.0.0.1:{service.port}/" + (f"#view={view}&app=notes" if view else "")


def test_it_lists_the_endpoints(browser: Browser, filled: Service) -> None:
    browser.open(address(filled))
    text = browser.text("main")
    assert "/api/kernel/vfs/{app}/files/{id}/versions/{version}/restore" in text
    assert "/api/kernel/bus/events" in text
    assert browser.run("document.querySelectorAll('main tbody tr').length") == 41
    assert browser.run("[...document.querySelectorAll('#app option')].map((each) => each.value)")[:2] == [
        "notes",
        "other",
    ]
    assert browser.text("#failure") == ""


def test_settings(browser: Browser, filled: Service) -> None:
    browser.open(address(filled))
    browser.click("settings")
    rows = browser.run("[...document.querySelectorAll('tbody tr')].map((row) => row.innerText)")
    assert rows[0] == "size\t12"
    assert rows[1].startswith('theme\t"<img src=x')


def test_documents(browser: Browser, filled: Service) -> None:
    browser.open(address(filled, "documents"))
    assert "Outside" in browser.text("main")
    browser.click("Letters")
    assert "Outside" not in browser.text("main")
    browser.click("To Bob")
    assert browser.text("pre") == SCRIPT
    assert '"lang": "de"' in browser.text("main")


def test_files_and_their_versions(browser: Browser, filled: Service) -> None:
    browser.open(address(filled, "files"))
    browser.click("work")
    browser.click(SCRIPT)
    assert browser.text("#crumbs") == f"root / work / {SCRIPT}"
    browser.click("plan.md")
    assert browser.text("#file") == SCRIPT
    browser.click("1")
    assert browser.text("#file") == "first draft"
    assert "editor" in browser.text("main")


def test_the_audit_log(browser: Browser, filled: Service) -> None:
    browser.open(address(filled, "audit"))
    rows = browser.run("[...document.querySelectorAll('tbody tr')].map((row) => row.innerText)")
    assert len(rows) == filled.get("/audit/notes")["total"]
    assert "\tupdate\tvfs_file\t" in rows[0]
    assert "\tupdate\tsettings\t" in rows[-1]


def test_what_the_service_refuses_is_told(browser: Browser, filled: Service) -> None:
    browser.open(address(filled) + "#view=audit&app=nothing")
    assert browser.text("#failure") == "403: App 'nothing' lacks required capability: audit:read"
    browser.open(address(filled) + "#view=files&app=notes&file=5")
    assert browser.text("#failure") == "404: File not found"


def test_nothing_that_was_stored_became_a_part_of_the_page(browser: Browser, filled: Service) -> None:
    for view in ("settings", "documents", "files", "audit"):
        browser.open(address(filled, view))
        assert browser.run("document.querySelectorAll('main img, main b').length") == 0
        assert browser.run("document.body.dataset.hacked ?? 'no'") == "no"
