"""How long an answer may keep everybody waiting."""

from typing import Any

import pytest

from ccr_desktop.core import patience
from ccr_desktop.core.config.schema import Timeouts
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.patience import Patience
from ccr_desktop.core.protocol.sse import PING
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.errors import UpstreamTimeout

TARGET = Target(provider="p", model="m", url="http://x", api_key="", profile=Profile())


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The age of the exchange, set by the test."""
    clock = {"s": 0.0}
    monkeypatch.setattr(Exchange, "age_s", property(lambda _: clock["s"]))
    return clock


def waiting(**limits: Any) -> Patience:
    return Patience(Exchange(raw=b"", headers={}), TARGET, Timeouts(**limits))


@pytest.mark.usefixtures("now")
def test_silence_is_broken_by_pings() -> None:
    assert waiting().wait_s(None) == patience.PING_INTERVAL_S


@pytest.mark.usefixtures("now")
def test_the_first_byte_has_a_limit_of_its_own() -> None:
    clock = waiting(first_byte_s=7, idle_s=3)

    clock.note_silence(clock.wait_s(None))
    assert clock.wait_s(None) == 2
    with pytest.raises(UpstreamTimeout, match="nothing came for 7 s"):
        clock.note_silence(2)


@pytest.mark.usefixtures("now")
def test_after_the_first_byte_silence_has_another() -> None:
    clock = waiting(first_byte_s=600, idle_s=3)
    clock.note_bytes()

    assert clock.wait_s(None) == 3
    with pytest.raises(UpstreamTimeout, match="nothing came for 3 s"):
        clock.note_silence(3)


def test_the_whole_answer_has_a_limit(now: dict[str, float]) -> None:
    clock = waiting(total_s=10)

    now["s"] = 8
    assert clock.wait_s(None) == 2
    now["s"] = 11
    assert clock.wait_s(None) == 0
    with pytest.raises(UpstreamTimeout, match="longer than 10 s"):
        clock.note_silence(0)


def test_the_grace_counts_from_the_finish(now: dict[str, float]) -> None:
    clock = waiting()

    assert clock.wait_s(5) == 5
    now["s"] = 4
    clock.note_bytes()
    assert clock.wait_s(5) == 1
    now["s"] = 9
    assert clock.wait_s(5) == 0


def test_bytes_without_words_are_silence_to_the_client(now: dict[str, float]) -> None:
    clock = waiting()

    assert clock.ping_if_quiet() == b""
    now["s"] = 4.9
    assert clock.ping_if_quiet() == b""
    now["s"] = 5
    assert clock.ping_if_quiet() == PING
    now["s"] = 6
    assert clock.ping_if_quiet() == b""


def test_a_word_ends_the_silence(now: dict[str, float]) -> None:
    clock = waiting()

    clock.ping_if_quiet()
    clock.quiet_since_s = None
    now["s"] = 100
    assert clock.ping_if_quiet() == b""
