"""The keys that a text refers to, for checks that follow each other quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.errors import KeyAwaited, SecretError

if TYPE_CHECKING:
    from ccr_desktop.core.config.stand_ins import KeySource


class AskedOnce:
    """Keys of the store, each asked for once and not with every check, until they may be others.

    One that is still to come is asked for again, which takes no time.
    """

    def __init__(self, source: KeySource) -> None:
        self._source = source
        self._known: dict[str, str | SecretError | None] = {}

    def get(self, name: str) -> str | None:
        if name not in self._known:
            try:
                self._known[name] = self._source.get(name)
            except KeyAwaited:
                raise
            except SecretError as exc:
                self._known[name] = exc
        found = self._known[name]
        if isinstance(found, SecretError):
            raise found
        return found

    def describe(self) -> str:
        return self._source.describe()

    def forget(self) -> None:
        self._known = {}
