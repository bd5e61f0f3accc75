# SPDX-License-Identifier: MIT
from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import pytest
from kernel_client import Service, Stream


def publish(service: Service, number: int) -> None:
    service.post(
        "/bus/publish", {"event_type": "count", "data": {"number": number}, "source_app": "test"}, 202
    )


def until(question: object, answer: object) -> None:
    """Waits for what comes by itself, and is in no hurry."""
    assert callable(question)
    for _ in range(600):
        if question() == answer:
            return
        time.sleep(0.05)
    assert question() == answer


def streams(service: Service) -> int:
    return sum(each["app_id"] == "__stream__" for each in service.get("/bus/subscriptions")["subscriptions"])


def test_contracts_and_subscriptions(service: Service) -> None:
    (contract,) = service.get("/bus/contracts")["contracts"]
    assert (contract["event_type"], contract["source_app"]) == ("note.saved", "notes")
    assert contract["payload_schema"]["required"] == ["title"]
    assert contract["response_schema"] is None
    (subscription,) = service.get("/bus/subscriptions")["subscriptions"]
    assert (subscription["event_type"], subscription["app_id"]) == ("note.saved", "notes")
    assert len(subscription["id"]) == 36


def test_an_event_is_flat_and_has_a_number(service: Service) -> None:
    stream = Stream(service)
    body = {"event_type": "note.saved", "data": {"title": 'a\n\ndata: "x"', "size": 3}}
    assert service.post("/bus/publish", body, 202) == {"status": "accepted", "event_type": "note.saved"}
    (event,) = stream.take(1)
    assert event.name == "kernel_event"
    assert event.id is not None
    assert event.data == {"event_type": "note.saved", "source_app": "frontend"} | body["data"]
    stream.close()
    until(lambda: streams(service), 0)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"event_type": ""},
        {"event_type": 5},
        {"event_type": "x", "data": []},
        {"event_type": "x", "source_app": 5},
        {"event_type": "x", "more": 1},
        {"event_type": "x", "data": {"event_type": "y"}},
        {"event_type": "note.saved"},
        {"event_type": "note.saved", "data": {"title": 5}},
        {"event_type": "note.saved", "data": {"title": "t", "size": "3"}},
        {"event_type": "note.saved", "data": {"title": "t", "size": True}},
    ],
)
def test_what_is_no_event(service: Service, body: object) -> None:
    stream = Stream(service)
    service.refused(422, "POST", "/bus/publish", body)
    publish(service, 0)
    assert stream.take(1)[0].data["number"] == 0
    stream.close()


def test_twenty_listeners_get_all_events_in_one_order(service: Service) -> None:
    listeners = [Stream(service) for _ in range(20)]
    writers = [
        threading.Thread(target=lambda first=first: [publish(service, first + i) for i in range(25)])
        for first in range(0, 100, 25)
    ]
    for each in writers:
        each.start()
    got = [each.take(100) for each in listeners]
    for each in writers:
        each.join()
    assert all(each == got[0] for each in got)
    first = got[0][0].id
    assert first is not None
    assert [each.id for each in got[0]] == list(range(first, first + 100))
    numbers = [each.data["number"] for each in got[0]]
    assert sorted(numbers) == list(range(100))
    for start in range(0, 100, 25):
        assert [number for number in numbers if start <= number < start + 25] == list(
            range(start, start + 25)
        )
    assert streams(service) == 20
    for each in listeners:
        each.close()
    until(lambda: streams(service), 0)


def test_one_that_comes_back_misses_nothing(service: Service) -> None:
    before = Stream(service)
    publish(service, 0)
    last = before.take(1)[0].id
    before.close()
    assert last is not None
    for number in range(1, 6):
        publish(service, number)
    first, second = Stream(service, last), Stream(service, last)
    publish(service, 6)
    got = first.take(6)
    assert [(each.id, each.data["number"]) for each in got] == [(last + i, i) for i in range(1, 7)]
    assert second.take(6) == got
    later = Stream(service, last + 4)
    assert [each.id for each in later.take(2)] == [last + 5, last + 6]
    for each in (first, second, later):
        each.close()


def test_what_the_ring_has_no_more_is_told(service: Service) -> None:
    stream = Stream(service)
    publish(service, 0)
    last = stream.take(1)[0].id
    stream.close()
    assert last is not None
    for number in range(203):
        publish(service, number)
    back = Stream(service, last)
    gap, *events = back.take(201)
    assert (gap.id, gap.name, gap.data) == (None, "kernel_gap", {"missed": 3})
    assert [each.id for each in events] == list(range(last + 4, last + 204))
    from_an_earlier_life = Stream(service, 10**9)
    assert from_an_earlier_life.take(201)[1:] == events
    for each in (back, from_an_earlier_life):
        each.close()


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "99999999999999999999999"])
def test_last_event_ids_that_no_event_had(service: Service, last: str) -> None:
    assert service.call("GET", "/bus/events", Last_Event_ID=last).status == 422


def test_a_listener_that_does_not_read_holds_nobody_up(service: Service) -> None:
    asleep = socket.create_connection(("127.0.0.1", service.port))
    asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asleep.sendall(b"GET /api/kernel/bus/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    until(lambda: streams(service), 1)
    connection = service.connect()
    text = "x" * 20_000
    for number in range(1500):
        body = f'{{"event_type": "big", "data": {{"number": {number}, "text": "{text}"}}}}'
        connection.request("POST", "/api/kernel/bus/publish", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert (answer.status, answer.read()[:1]) == (202, b"{")
        if number % 100 == 99 and streams(service) == 0:
            break
    until(lambda: streams(service), 0)
    connection.close()
    asleep.close()


def test_the_ring_has_a_bound_in_bytes(service: Service) -> None:
    stream = Stream(service)
    publish(service, 0)
    last = stream.take(1)[0].id
    stream.close()
    assert last is not None
    text = "x" * 60_000
    for _ in range(100):
        service.post("/bus/publish", {"event_type": "big", "data": {"text": text}}, 202)
    back = Stream(service, last)
    gap, first = back.take(2)
    kept = 100 - gap.data["missed"]
    assert gap.name == "kernel_gap"
    assert (4 << 20) - 2 * len(text) < kept * len(text) < 4 << 20
    assert first.id == last + gap.data["missed"] + 1
    assert [each.id for each in back.take(kept - 1)] == list(range(first.id + 1, last + 101))
    back.close()
    until(lambda: streams(service), 0)


def test_what_waits_for_a_listener_has_a_bound_in_bytes(service: Service) -> None:
    asleep = socket.create_connection(("127.0.0.1", service.port))
    asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asleep.sendall(b"GET /api/kernel/bus/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    until(lambda: streams(service), 1)
    body = {"event_type": "big", "data": {"text": "x" * 60_000}}
    for _ in range(600):  # 36 MB: more than what waits and what the system buffers; fewer than a thousand
        service.post("/bus/publish", body, 202)
    until(lambda: streams(service), 0)
    asleep.close()


def test_an_event_that_is_too_long_is_refused(service: Service) -> None:
    stream = Stream(service)
    envelope = len('{"event_type":"big","source_app":"frontend","text":""}')
    for size, status in (((64 << 10) - envelope, 202), ((64 << 10) - envelope + 1, 413)):
        answer = service.call("POST", "/bus/publish", {"event_type": "big", "data": {"text": "x" * size}})
        assert answer.status == status, answer
    assert answer.body == {"error": "too_large", "detail": "The event is longer than 65536 bytes"}
    publish(service, 7)
    assert [each.data["event_type"] for each in stream.take(2)] == ["big", "count"]
    stream.close()
    until(lambda: streams(service), 0)


def test_listeners_leave_room_for_requests(start: Callable[..., Service]) -> None:
    service = start()
    listeners = [Stream(service) for _ in range(256)]
    detail = service.refused(503, "GET", "/bus/events")
    assert detail == "There are 256 streams of events already; try again later"
    assert service.get("/settings/notes")["settings"] == {}
    publish(service, 1)
    assert all(each.take(1)[0].data["number"] == 1 for each in listeners)
    listeners.pop().close()
    until(lambda: streams(service), 255)
    listeners.append(Stream(service))
    for each in listeners:
        each.close()


def test_silence_is_broken_by_comments(start: Callable[..., Service]) -> None:
    stream = Stream(start("--keepalive", "1"))
    for _ in range(2):
        assert (stream.answer.readline(), stream.answer.readline()) == (b": keepalive\n", b"\n")
    stream.close()


def test_head_of_the_stream_ends(service: Service) -> None:
    answer = service.call("HEAD", "/bus/events")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
    until(lambda: streams(service), 0)
