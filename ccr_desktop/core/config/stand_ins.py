"""Keys that have gone to a store, and the files that still hold them.

Once the configuration says `keyring:NAME`, the key that stands behind it has no business in former
versions of the file. They get the reference, too: restored, they use the same key.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.secrets import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_SHORTEST = 8  # what is shorter is no key, and may well be the name of something
UNREAD = "a-key-that-is-stored"
"""Stands for each key that nobody needs: a store may ask a person to unlock it."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


class KeySource(Protocol):
    """The part of a store of keys that reading a configuration needs."""

    def get(self, name: str) -> str | None: ...
    def describe(self) -> str: ...


class Noted:
    """A source that notes what it `gave`: each key, and the reference to it.

    *kept* tells of a key that can't be had for now what it was.
    """

    def __init__(
        self, source: KeySource, kept: Callable[[str], str | None] = lambda _name: None
    ) -> None:
        self._source = source
        self._kept = kept
        self.gave: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._noted(name, self._source.get(name))

    def kept(self, name: str) -> str | None:
        return self._noted(name, self._kept(name))

    def _noted(self, name: str, key: str | None) -> str | None:
        if key and key != UNREAD and len(key) >= _SHORTEST:
            self.gave[key] = f"{PREFIX}{name}"
        return key

    def describe(self) -> str:
        return self._source.describe()


class UnreadKeys:
    """Takes every stored key for present, and notes the `names` that it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def get(self, name: str) -> str | None:
        self.names.add(name)
        return UNREAD

    def describe(self) -> str:
        return "a store"

    def with_new_ones(self, source: KeySource) -> KeySource:
        """The same, but that *source* is asked for names that were not asked for so far."""
        known = frozenset(self.names)
        return SomeKeys(source, lambda name: name not in known)


class SomeKeys:
    """Asks *source* for the names that *is_wanted*; all others are taken for present."""

    def __init__(self, source: KeySource, is_wanted: Callable[[str], bool]) -> None:
        self._source = source
        self._is_wanted = is_wanted

    def get(self, name: str) -> str | None:
        return self._source.get(name) if self._is_wanted(name) else UNREAD

    def describe(self) -> str:
        return self._source.describe()


def only_keys_of(
    values: Mapping[str, object], keys: Collection[str], source: KeySource
) -> KeySource:
    """Those to which the settings *keys*, of the uppermost level, refer."""
    texts = (values.get(key) for key in keys)
    names = {
        text.removeprefix(PREFIX).strip()
        for text in texts
        if isinstance(text, str) and text.startswith(PREFIX)
    }
    return SomeKeys(source, names.__contains__)


def without_keys(data: bytes, references: Mapping[str, str]) -> bytes:
    """The text *data* of a configuration with references where keys stand, and else unchanged."""
    for key, reference in references.items():
        for encoding in _ENCODINGS:
            for form in _forms(key):
                old = form.encode(encoding, "surrogatepass")
                data = data.replace(old, f'"{reference}"'.encode(encoding, "surrogatepass"))
    return data


def holds(data: bytes, key: str) -> bool:
    """Whether *key* can be read in *data*, also as a part of a longer text."""
    forms = {form[1:-1] for form in _forms(key)}
    return any(
        form.encode(encoding, "surrogatepass") in data for form in forms for encoding in _ENCODINGS
    )


def _forms(key: str) -> Iterator[str]:
    """How a file may spell a text that is the key and nothing else."""
    for text in {json.dumps(key)[1:-1], json.dumps(key, ensure_ascii=False)[1:-1]}:
        yield f'"{text}"'
        yield f"'{text}'"
        if "/" in text:
            yield f'"{text.replace("/", chr(92) + "/")}"'
