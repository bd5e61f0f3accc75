# SPDX-License-Identifier: MIT
"""Requests that no client of good faith sends: a clear 4xx, and nothing is changed."""

from __future__ import annotations

import resource
import socket
from collections.abc import Callable

import pytest
from kernel_client import Service, call
from stored import unchanged

TEXTS = [
    "'; drop table app_settings; --",
    '"',
    "a\u0000b",
    "%00",
    "\u202e",
    "😀" * 50,
    "../../etc/passwd",
    "<b>x</b>",
]


PUT = b"PUT /api/kernel/settings/notes HTTP/1.1\r\nHost: localhost\r\n"
CODINGS = [b"gzip", b"gzip, chunked", b"chunked, gzip", b"chunked, chunked", b"xchunked", b"identity", b""]
SECOND = b"\r\n\r\n0\r\n\r\nGET /api/kernel/apps HTTP/1.1\r\nHost: localhost\r\n\r\n"


def raw(service: Service, sent: bytes) -> bytes:
    """The answer to these very bytes, until the service closes."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def test_text_is_only_text(service: Service) -> None:
    for text in TEXTS:
        put = service.call("PUT", "/settings/notes", {"text": text})
        assert put.body["settings"]["text"] == text
        made = service.post(
            "/storage/notes/documents", {"name": text, "content": text, "metadata": {text: text}}
        )
        got = service.get(f"/storage/notes/documents/{made['id']}")
        assert (got["name"], got["content"], got["metadata"]) == (text, text, {text: text})


def test_apps_of_strange_names_are_unknown(service: Service) -> None:
    for name in ("%27%20or%201=1", "notes%2F..%2Fother", "NOTES", "notes%20", "%e2%80%ae", "..", "*"):
        with unchanged(service):
            assert service.call("GET", f"/settings/{name}").status == 403
            assert service.call("PUT", f"/settings/{name}", {"a": 1}).status == 403


@pytest.mark.parametrize(
    ("status", "path"),
    [
        (400, "/settings/%"),
        (400, "/settings/%zz"),
        (400, "/settings/%ff"),
        (400, "/settings/a%00b"),
        (400, "/settings/%ed%a0%80"),
        (400, "/vfs/notes/search?q=%c3%28"),
        (400, "/vfs/notes/search?q=%c3%22%a9"),
        (400, "/vfs/notes/search?q=%c3%5c%a9"),
        (400, "/vfs/notes/search?q=%c3%01%a9"),
        (404, "/settings"),
        (404, "/settings/notes/more"),
        (404, "/nothing"),
        (404, "//etc/passwd"),
        (404, "//page.js/../../etc/passwd"),
        (422, "/settings/notes?x=1"),
    ],
)
def test_addresses(service: Service, status: int, path: str) -> None:
    with unchanged(service):
        service.refused(status, "GET", path)


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (415, "text/plain", b"{}"),
        (415, "application/x-www-form-urlencoded", b"a=1"),
        (415, "", b"{}"),
        (422, "application/json", b"{"),
        (422, "application/json", b'{"a": 1,}'),
        (422, "application/json", b'{"a": NaN}'),
        (422, "application/json", b'{"a": "\xff"}'),
        (422, "application/json", b'{"a": "\\ud800"}'),
        (422, "application/json", b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        (422, "application/json; charset=utf-8", b"\xef\xbb\xbf{}"),
        (422, "application/json", b"null"),
        (422, "application/json", b'{"a": 1e999}'),
        (422, "application/json", b'{"a": [-1e999999999999]}'),
        (400, "application/json", b'{"a": 1, "a": 2}'),
        (400, "application/json", b'{"a": [{"b": ":", "c": {}, "\\u0062": 1}]}'),
        (415, "application/jsonx", b"{}"),
        (413, "application/json", b'{"a": "' + b"x" * (8 << 20) + b'"}'),
    ],
)
def test_bodies(service: Service, status: int, kind: str, body: bytes) -> None:
    with unchanged(service):
        answer = service.call("PUT", "/settings/notes", body, Content_Type=kind)
    assert (answer.status, set(answer.body)) == (status, {"error", "detail"})
    assert "()" not in answer.body["detail"]


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON ; charset=utf-8"])
def test_bodies_that_only_look_odd(service: Service, kind: str) -> None:
    body = b'{"odd": [{"a": "\\":\\\\", "b": {"a": 1e300, ":": ":"}}, {"a": []}]}'
    answer = service.call("PUT", "/settings/notes", body, Content_Type=kind)
    assert (answer.status, answer.body["settings"]["odd"][1]) == (200, {"a": []})


def test_a_body_without_an_announced_length_has_the_same_bound(service: Service) -> None:
    connection = service.connect()
    connection.putrequest("PUT", "/api/kernel/settings/notes")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    chunk = b"x" * (1 << 20)
    with unchanged(service):
        for _ in range(9):
            connection.send(b"100000\r\n" + chunk + b"\r\n")
        answer = connection.getresponse()
    assert answer.status == 413
    connection.close()


def test_large_bodies_within_the_bound(service: Service) -> None:
    text = "x" * (2 << 20)
    made = service.post("/vfs/notes/files", {"name": "large", "content": text})
    assert service.get(f"/vfs/notes/files/{made['id']}")["content"] == text


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (400, b"nonsense\r\n\r\n"),
        (400, b"GET /api/kernel/apps HTTP/9.9\r\n\r\n"),
        (400, b"GET /api/kernel/apps HTTP/1.1\r\nContent-Length: x\r\n\r\n"),
        (400, b"PUT / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
        (400, PUT + b"Transfer-Encoding: chunked\r\nContent-Length: 1" + SECOND),
        *((400, PUT + b"Transfer-Encoding: " + each + SECOND) for each in CODINGS),
        *((400, PUT + b"Content-Length: 0\r\nTransfer-Encoding: " + each + SECOND) for each in CODINGS),
        (400, b"PUT / HTTP/1.0\r\nTransfer-Encoding: chunked" + SECOND),
        (400, b"GET /api/kernel/apps HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"),
        (400, b"GET /api/kernel/apps HTTP/1.1\r\n\r\n"),
        (400, b"GET api/kernel/apps HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, b"GET ftp://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, b"GET http:///api/kernel/apps HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, b"GET http://a@localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (421, b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (405, b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (405, b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (
            403,
            b"POST /api/kernel/apps/notes/disable HTTP/1.1\r\nHost: localhost\r\nOrigin: http://a.b\r\n\r\n",
        ),
        (421, b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        (421, b"GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example:80\r\n\r\n"),
        (431, b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"),
        (431, b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n"),
    ],
)
def test_requests_that_are_hardly_http(service: Service, status: int, sent: bytes) -> None:
    with unchanged(service):
        answer = raw(service, sent)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /api/kernel/apps HTTP/1.1\r\nHost: LocalHost:80\r\n\r\n",
        b"GET http://127.0.0.1:80/api/kernel/apps HTTP/1.1\r\nHost: localhost\r\n\r\n",
        # RFC 9112, 3.2.2: the address counts.
        b"GET http://127.0.0.1:80/api/kernel/apps HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET HTTP://LOCALHOST HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET http://[::1]:80/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /api/kernel/apps/notes/enable HTTP/1.1\r\nHost: localhost\r\nOrigin: HTTP://LOCALHOST\r\n\r\n",
        b"GET /api/kernel/apps HTTP/1.0\r\n\r\n",
        b"POST /api/kernel/apps/notes/enable HTTP/1.1\r\nHost: localhost\r\n"
        b"Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_requests_that_are_http_all_the_same(service: Service, sent: bytes) -> None:
    assert raw(service, sent).startswith(b"HTTP/1.1 200 ")


def test_half_a_request_changes_nothing(service: Service) -> None:
    head = b"PUT /api/kernel/settings/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with unchanged(service):
        assert raw(service, head + b"Content-Length: 100\r\n\r\n{}") == b""
        assert raw(service, head) == b""


def test_methods_that_there_are_not(service: Service) -> None:
    with unchanged(service):
        answer = service.call("POST", "/settings/notes", {})
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, PUT, DELETE")
        assert service.call("PATCH", "/apps").status == 405
        two_patterns_fit = service.call("POST", "/audit/all", {})
        assert (two_patterns_fit.status, two_patterns_fit.headers["Allow"]) == (405, "GET, HEAD")


def test_one_connection_for_many_requests_and_an_answer_without_a_body(service: Service) -> None:
    connection = service.connect()
    for _ in range(3):
        assert call(connection, "GET", "/settings/notes").status == 200
        assert call(connection, "GET", "/settings/nobody").status == 403
        head = call(connection, "HEAD", "/settings/notes")
        assert (head.status, head.body) == (200, "")
        assert int(head.headers["Content-Length"]) > 0
    connection.close()


def test_one_connection_too_many_is_closed_and_the_others_go_on(start: Callable[..., Service]) -> None:
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(files, min(most, 4096)), most))
    try:
        service = start()
        held = [socket.create_connection(("127.0.0.1", service.port), timeout=60) for _ in range(1024)]
        with socket.create_connection(("127.0.0.1", service.port), timeout=10) as one_more:
            assert one_more.recv(1) == b""
        for each in (held[0], held[-1]):
            each.sendall(b"GET /api/kernel/apps HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert each.recv(15) == b"HTTP/1.1 200 OK"
        for each in held:
            each.close()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
