"""The selector of the loop tells what the one of the standard library tells."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Iterator

import pytest

from ccr_desktop.desktop.selecting import Selector

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


@pytest.fixture(params=[selectors.DefaultSelector, Selector])
def selector(request: pytest.FixtureRequest) -> Iterator[selectors.BaseSelector]:
    with request.param() as made:
        yield made


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def told(selector: selectors.BaseSelector, limit_s: float | None = 0) -> list[tuple[object, int]]:
    return [(key.data, events) for key, events in selector.select(limit_s)]


def test_nothing_is_ready(
    selector: selectors.BaseSelector, ends: tuple[socket.socket, socket.socket]
) -> None:
    assert told(selector, 0.001) == []

    selector.register(ends[0], READ, "one")

    assert told(selector) == []
    assert told(selector, -1) == [], "what is in the past does not wait for ever"


def test_what_came_is_read(
    selector: selectors.BaseSelector, ends: tuple[socket.socket, socket.socket]
) -> None:
    one, other = ends
    selector.register(one, READ, "one")
    other.send(b"x")

    assert told(selector, None) == [("one", READ)]


def test_only_what_was_asked_for_is_told(
    selector: selectors.BaseSelector, ends: tuple[socket.socket, socket.socket]
) -> None:
    one, other = ends
    selector.register(one, WRITE, "one")
    other.send(b"x")

    assert told(selector) == [("one", WRITE)]

    selector.modify(one, READ | WRITE, "both")

    assert told(selector) == [("both", READ | WRITE)]

    selector.unregister(one)

    assert told(selector) == []


def test_the_end_is_for_those_who_read_and_those_who_write(
    selector: selectors.BaseSelector, ends: tuple[socket.socket, socket.socket]
) -> None:
    one, other = ends
    selector.register(one, READ | WRITE, "one")
    other.close()

    assert told(selector) == [("one", READ | WRITE)]

    selector.modify(one, WRITE, "one")

    assert told(selector) == [("one", WRITE)]
