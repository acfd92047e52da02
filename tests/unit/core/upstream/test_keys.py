"""Pools of keys: shares, loyalty, limits and rest."""

from collections import Counter

import pytest

from ccr_desktop.core.config.schema import PoolKey, Provider
from ccr_desktop.core.upstream.keys import MINUTE_S, KeyPools


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pools(clock: Clock) -> KeyPools:
    return KeyPools(clock)


def provider(*keys: PoolKey) -> Provider:
    return Provider(name="p", url="http://x", keys=keys)


TWO = provider(PoolKey("a"), PoolKey("b"))


def test_a_session_stays_with_its_key(pools: KeyPools) -> None:
    assert len({pools.choose(TWO, "session") for _ in range(20)}) == 1


def test_sessions_spread_by_weight(pools: KeyPools) -> None:
    weighted = provider(PoolKey("a", weight=3), PoolKey("b"))

    shares = Counter(pools.choose(weighted, f"session {number}") for number in range(2000))

    assert 1350 < shares["a"] < 1650


def test_requests_of_no_session_take_turns_by_weight(pools: KeyPools) -> None:
    weighted = provider(PoolKey("a", weight=3), PoolKey("b"))

    taken = "".join(str(pools.choose(weighted, "")) for _ in range(12))

    assert taken == "aaba" * 3


def test_a_key_that_rested_does_not_make_up_for_it(pools: KeyPools, clock: Clock) -> None:
    pools.rest("b", 60)
    assert {pools.choose(TWO, "") for _ in range(10)} == {"a"}
    clock.now_s += 61

    assert Counter(pools.choose(TWO, "") for _ in range(10)) == {"a": 5, "b": 5}


def test_a_key_that_rests_is_passed_over_until_it_has_rested(pools: KeyPools, clock: Clock) -> None:
    first = pools.choose(TWO, "s")
    assert first is not None
    pools.rest(first, 60)

    assert pools.choose(TWO, "s") != first
    clock.now_s += 61
    assert pools.choose(TWO, "s") == first


def test_when_all_rest_the_first_to_be_ready_is_taken(pools: KeyPools) -> None:
    pools.rest("a", 60)
    pools.rest("b", 30)

    assert pools.choose(TWO, "s") == "b"


def test_what_was_refused_to_this_request_is_not_tried_again(pools: KeyPools) -> None:
    assert pools.choose(TWO, "s", {"a"}) == "b"
    assert pools.choose(TWO, "s", {"a", "b"}) is None


def test_a_key_takes_no_more_requests_a_minute_than_its_limit(
    pools: KeyPools, clock: Clock
) -> None:
    limited = provider(PoolKey("a", weight=1000, limit_per_minute=2), PoolKey("b", weight=0.001))

    assert [pools.choose(limited, "s") for _ in range(3)] == ["a", "a", "b"]
    clock.now_s += MINUTE_S
    assert pools.choose(limited, "s") == "a"
