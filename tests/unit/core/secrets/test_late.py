"""Keys that come late: nobody waits for them, and everybody gets them."""

import pytest

from ccr_desktop.core.secrets.late import AtHand, LateKeys
from ccr_desktop.errors import KeyAwaited, SecretError
from tests.desktop.waiting import until
from tests.support.locked_secrets import LockedSecrets

LONG_S = 60.0


def news(keys: LateKeys) -> None:
    until(lambda: keys.has_news, "the late keys")


def late(patience_s: float = 0.0, **secrets: str) -> tuple[LockedSecrets, LateKeys]:
    store = LockedSecrets(**(secrets or {"a": "sk-a", "b": "sk-b"}))
    return store, LateKeys(store, patience_s)


def test_an_open_store_is_waited_for() -> None:
    store, keys = late(LONG_S)
    store.open()
    reading = keys.for_one_reading()

    assert [reading.get(name) for name in ("a", "b", "c")] == ["sk-a", "sk-b", None]
    assert not keys.is_waiting
    assert not keys.has_news


def test_a_locked_one_gives_its_keys_to_the_reading_after_it_was_opened() -> None:
    store, keys = late()
    reading = keys.for_one_reading()
    for name in ("a", "b"):
        with pytest.raises(KeyAwaited):
            reading.get(name)
    assert keys.is_waiting
    assert not keys.has_news

    store.open()
    news(keys)

    assert keys.is_waiting  # somebody has to read them
    reading = keys.for_one_reading()
    assert [reading.get("a"), reading.get("b")] == ["sk-a", "sk-b"]
    assert store.asked == ["a", "b"]
    assert not keys.is_waiting
    assert not keys.has_news


def test_a_refusal_counts_for_all_that_were_wanted_and_nobody_is_asked_twice() -> None:
    store, keys = late()
    reading = keys.for_one_reading()
    for name in ("a", "b"):
        with pytest.raises(KeyAwaited):
            reading.get(name)

    store.refuse()
    news(keys)

    reading = keys.for_one_reading()
    for name in ("a", "b"):
        with pytest.raises(SecretError, match="was refused"):
            reading.get(name)
    assert store.asked == ["a"]
    assert keys.problem
    assert not keys.is_waiting
    assert not keys.has_news


def test_a_store_that_locks_itself_again_takes_no_key_from_who_had_it() -> None:
    store, keys = late(LONG_S)
    store.open()
    assert keys.for_one_reading().get("a") == "sk-a"
    store.lock()

    assert keys.get("a", 0.0) == "sk-a"
    assert not keys.is_waiting

    store.open()
    until(lambda: not keys._asked, "the answer")
    assert not keys.has_news


def test_another_key_that_comes_late_is_news() -> None:
    store, keys = late(LONG_S)
    store.open()
    assert keys.for_one_reading().get("a") == "sk-a"
    store.lock()
    assert keys.get("a", 0.0) == "sk-a"
    store.set("a", "sk-new")

    store.open()
    news(keys)

    assert keys.for_one_reading().get("a") == "sk-new"


def test_what_fails_otherwise_fails_where_the_key_is_wanted() -> None:
    class Broken(LockedSecrets):
        def get(self, name: str) -> str | None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        LateKeys(Broken(), LONG_S).for_one_reading().get("a")


def test_who_only_looks_waits_for_nobody_and_asks_nobody_again() -> None:
    store, keys = late()
    with pytest.raises(KeyAwaited):
        keys.for_one_reading().get("a")
    for _ in range(3):
        with pytest.raises(KeyAwaited):
            keys.at_hand("a")

    store.open()
    news(keys)
    assert keys.at_hand("a") == "sk-a"
    assert store.asked == ["a"]

    refusing, keys = late()
    with pytest.raises(KeyAwaited):
        keys.for_one_reading().get("a")
    refusing.refuse()
    news(keys)
    with pytest.raises(SecretError):
        keys.at_hand("b")
    assert refusing.asked == ["a"]


def test_who_only_looks_has_the_keys_of_an_open_store() -> None:
    store, keys = late(LONG_S)
    store.open()
    source = AtHand(keys)

    assert [source.get(name) for name in ("a", "c")] == ["sk-a", None]
    assert not keys.has_news
