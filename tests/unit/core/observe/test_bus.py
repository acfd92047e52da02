"""The bus: everybody hears everything, and nobody's failure is another's."""

import logging
from typing import Any

import pytest

from ccr_desktop.core.observe.bus import EventBus
from tests.unit.core.observe.records import ended


def test_every_subscriber_hears_every_event() -> None:
    bus, first, second = EventBus(), list[Any](), list[Any]()
    bus.subscribe(first.append)
    bus.subscribe(second.append)
    event = ended()

    bus.publish(event)

    assert first == second == [event]


def test_a_subscriber_that_fails_is_logged_and_harms_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus, heard = EventBus(), list[Any]()

    def fail(_event: Any) -> None:
        raise ValueError("boom")

    bus.subscribe(fail)
    bus.subscribe(heard.append)
    with caplog.at_level(logging.ERROR):
        bus.publish(ended())

    assert len(heard) == 1
    assert "boom" in caplog.text
