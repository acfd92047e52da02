"""The compatibility fixes of an entry: its `transformer` object as links of chains."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

ALL_MODELS = ""
"""The scope of what runs for every model; others are named after their model."""


@dataclass(frozen=True, slots=True)
class Link:
    """One fix. `odd` is an element that is none, and is kept as it is."""

    name: str
    options: JsonObject = field(default_factory=dict)
    odd: Any = None

    @classmethod
    def read(cls, item: Any) -> Link:
        match item:
            case str(name) | [str(name)]:
                return cls(name)
            case [str(name), dict(options)]:
                return cls(name, options)
            case _:
                return cls("", odd=item)

    def written(self) -> Any:
        if not self.name:
            return self.odd
        return [self.name, self.options] if self.options else self.name


def scopes(entry: JsonObject) -> list[str]:
    """The models that have fixes of their own."""
    found = entry.get("transformer")
    return [key for key in found if key != "use"] if isinstance(found, dict) else []


def links_of(entry: JsonObject, scope: str) -> list[Link]:
    use = _holder(entry, scope).get("use")
    return [Link.read(item) for item in use] if isinstance(use, list) else []


def put_links(entry: JsonObject, scope: str, links: Sequence[Link]) -> None:
    """*links* as the chain of a scope; what else stands in the object stays."""
    if list(links) == links_of(entry, scope):
        return
    found = entry.get("transformer")
    whole: JsonObject = dict(found) if isinstance(found, dict) else {}
    holder = {**_holder(entry, scope), "use": [link.written() for link in links]}
    if not links:
        holder.pop("use")
    if scope == ALL_MODELS:
        models = {key: value for key, value in whole.items() if key != "use"}
        whole = {**({"use": holder["use"]} if links else {}), **models}
    elif holder:
        whole[scope] = holder
    else:
        whole.pop(scope, None)
    if whole:
        entry["transformer"] = whole
    else:
        entry.pop("transformer", None)


def place_of(scope: str, number: int) -> str:
    """Where the problems of a link are told."""
    inner = f".{scope}" if scope else ""
    return f"transformer{inner}.use[{number}]"


def _holder(entry: JsonObject, scope: str) -> JsonObject:
    found = entry.get("transformer")
    whole = found if isinstance(found, dict) else {}
    if scope == ALL_MODELS:
        return whole
    inner = whole.get(scope)
    if isinstance(inner, list):
        return {"use": inner}
    return inner if isinstance(inner, dict) else {}
