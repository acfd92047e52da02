"""Keys for those who must not wait: what a store takes too long to tell is told later.

A system may ask a person to unlock its store, for as long as that person likes.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

from ccr_desktop.errors import KeyAwaited, SecretError

if TYPE_CHECKING:
    from collections.abc import Iterator

    Answer = Future[str | None]


class Source(Protocol):
    """The part of a store that is asked here, in a thread."""

    def get(self, name: str) -> str | None: ...
    def describe(self) -> str: ...


class LateKeys:
    """Asks *source* in a thread, one key after the other, and never twice at once.

    `has_news` says that another reading would find other keys than the one before it. A store that
    was opened for one key is open for all, and one that refused one is not asked for those that
    were wanted meanwhile: each time a person would be asked again.
    """

    def __init__(self, source: Source, patience_s: float) -> None:
        self._source = source
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._asked: dict[str, Answer] = {}
        self._is_asking = False
        self._awaited: set[str] = set()
        """The asked ones that a reading did without."""
        self._late: dict[str, Answer] = {}
        self._known: dict[str, str] = {}
        self.problem: SecretError | None = None
        """Why the last key could not be had."""

    @property
    def is_waiting(self) -> bool:
        """Whether something was read without a key that may still come."""
        with self._lock:
            return bool(self._late) or any(name not in self._known for name in self._awaited)

    @property
    def has_news(self) -> bool:
        with self._lock:
            return bool(self._late) and not self._asked

    def for_one_reading(self) -> Reading:
        """A source that is patient once, however many keys are wanted of it, and has the news."""
        with self._lock:
            late, self._late = self._late, {}
        return Reading(self, late, self._patience_s)

    def describe(self) -> str:
        return self._source.describe()

    def get(self, name: str, limit_s: float) -> str | None:
        """The key; after *limit_s* what it was when it was asked for last.

        Raises `KeyAwaited` when that is not known, and `SecretError` as the store does.
        """
        answer = self._answer(name)
        try:
            return answer.result(limit_s)
        except TimeoutError:
            return self._for_now(name, answer)

    def at_hand(self, name: str) -> str | None:
        """The key, for who only looks: nobody is waited for, and none who refused asked again.

        What is asked for here is no news to readings. Raises `KeyAwaited` and `SecretError`.
        """
        with self._lock:
            if name in self._known:
                return self._known[name]
            if self.problem:
                raise self.problem
            if self._is_asking:
                raise KeyAwaited
        try:
            return self._answer(name).result(self._patience_s)
        except TimeoutError:
            raise KeyAwaited from None

    def _answer(self, name: str) -> Answer:
        with self._lock:
            if name not in self._asked:
                self._asked[name] = Future()
            if not self._is_asking:
                self._is_asking = True
                threading.Thread(target=self._ask, name="late keys", daemon=True).start()
            return self._asked[name]

    def _for_now(self, name: str, answer: Answer) -> str | None:
        with self._lock:
            if not answer.done():
                self._awaited.add(name)
                if name not in self._known:
                    raise KeyAwaited
                return self._known[name]
        return answer.result()

    # -- in the thread ---------------------------------------------------------------------

    def _ask(self) -> None:
        refusal: SecretError | None = None
        for name in self._wanted():
            found: str | BaseException | None
            try:
                found = refusal or self._source.get(name)
            except SecretError as exc:
                found = refusal = exc
            except BaseException as exc:  # noqa: BLE001  # whoever reads judges it
                found = exc
            self._settle(name, found)

    def _wanted(self) -> Iterator[str]:
        while True:
            with self._lock:
                name = next(iter(self._asked), None)
                if name is None:
                    self._is_asking = False
                    return
            yield name

    def _settle(self, name: str, found: str | BaseException | None) -> None:
        with self._lock:
            answer = self._asked.pop(name)
            is_other = not isinstance(found, str) or found != self._known.get(name)
            if name in self._awaited and is_other:
                self._late[name] = answer
            self._awaited.discard(name)
            self._known.pop(name, None)
            self.problem = found if isinstance(found, SecretError) else None
            if isinstance(found, BaseException):
                answer.set_exception(found)
                return
            if found:
                self._known[name] = found
            answer.set_result(found)


class Reading:
    """See `LateKeys.for_one_reading`."""

    def __init__(self, keys: LateKeys, late: dict[str, Answer], patience_s: float) -> None:
        self._keys = keys
        self._late = late
        self._patience_s = patience_s
        self._until_s: float | None = None

    def get(self, name: str) -> str | None:
        if name in self._late:
            return self._late[name].result()
        now_s = time.monotonic()
        if self._until_s is None:
            self._until_s = now_s + self._patience_s
        return self._keys.get(name, max(0.0, self._until_s - now_s))

    def describe(self) -> str:
        return self._keys.describe()


class AtHand:
    """See `LateKeys.at_hand`."""

    def __init__(self, keys: LateKeys) -> None:
        self._keys = keys

    def get(self, name: str) -> str | None:
        return self._keys.at_hand(name)

    def describe(self) -> str:
        return self._keys.describe()
