"""Keys that have gone to a store, and the files that still hold them.

Once the configuration says `keyring:NAME`, the key that stands behind it has no business in former
versions of the file. They get the reference, too: restored, they use the same key.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.secrets import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHORTEST = 8  # what is shorter is no key, and may well be the name of something
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


class KeySource(Protocol):
    """The part of a store of keys that reading a configuration needs."""

    def get(self, name: str) -> str | None: ...
    def describe(self) -> str: ...


class Noted:
    """A source that notes what it `gave`: each key, and the reference to it."""

    def __init__(self, source: KeySource) -> None:
        self._source = source
        self.gave: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        key = self._source.get(name)
        if key and len(key) >= _SHORTEST:
            self.gave[key] = f"{PREFIX}{name}"
        return key

    def describe(self) -> str:
        return self._source.describe()


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
