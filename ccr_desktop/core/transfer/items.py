"""One thing that can be taken, and the words for what it brings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.core.transfer.warnings import references_in

CLIENT_KEY_SETTINGS = frozenset({"APIKEY", "ClientKeys"})
"""The settings that go where keys go."""
_LONGEST_DETAIL = 160


class Kind(StrEnum):
    """In the order in which they are shown."""

    PROVIDER = "provider"
    KEY = "key"
    ROUTE = "route"
    SETTING = "setting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that can be taken. `value` is what it brings."""

    kind: Kind
    name: str
    """Of the provider, or the key of the setting: `longContext` of routes, `LOG_LEVEL`."""
    title: str
    detail: str = ""
    warnings: tuple[str, ...] = ()
    is_ticked: bool = True
    goes_along: bool = False
    """Of a key: whoever ticks its provider wants it, too."""
    lacks_provider: bool = False
    """Of a route: it leads to one that is nowhere."""
    value: Any = field(default=None, repr=False)

    @property
    def key(self) -> str:
        return item_key(self.kind, self.name)


def item_key(kind: Kind, name: str) -> str:
    return f"{kind}:{name}"


def sent_along(value: Any) -> list[str]:
    """A warning where *value* refers to secrets or variables of this computer."""
    names = sorted(set(references_in(value)))
    return [f"It sends what stands behind {', '.join(names)} on this computer."] if names else []


def short(name: str, value: Any) -> str:
    """A text of one line; by the *name* it is known whether the value is a secret."""
    shown = masked({name: value})[name]
    text = shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)
    return cut(text)


def cut(text: str) -> str:
    return text if len(text) <= _LONGEST_DETAIL else f"{text[: _LONGEST_DETAIL - 1]}…"


def as_object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
