"""What a JSON Schema says once its references and parts are put together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_MAX_NESTING = 24
_MAX_PARTS = 5_000  # a schema whose references multiply beyond this is cut short
_JSON_TYPES = {bool: "BOOLEAN", int: "INTEGER", float: "NUMBER", str: "STRING", list: "ARRAY"}


class Sources:
    """Follows local references and merges `allOf`, and notices a schema that holds itself."""

    def __init__(self, root: JsonObject) -> None:
        self._root = root
        self._open: list[str] = []
        self._parts = 0

    @contextmanager
    def resolved(self, schema: JsonObject, nesting: int) -> Iterator[JsonObject | None]:
        """*schema* without `$ref` and `allOf`; None when it would never end."""
        depth = len(self._open)
        self._parts += 1
        is_endless = nesting > _MAX_NESTING or self._parts > _MAX_PARTS
        try:
            yield None if is_endless else self._flat(schema)
        finally:
            del self._open[depth:]

    def _flat(self, schema: JsonObject) -> JsonObject | None:
        source, references, parts = _opened(schema)
        while isinstance(reference := references, str):
            if reference in self._open:
                return None
            self._open.append(reference)
            found, references, more = _opened(self._find(reference))
            source, parts = {**found, **source}, [*parts, *more]
        for part in parts:
            flat = self._flat(part) if isinstance(part, dict) else {}
            if flat is None:
                return None
            source = merged(source, flat)
        return source

    def _find(self, reference: str) -> JsonObject:
        """The schema at a local reference; an unknown one allows everything."""
        place: Any = self._root
        for step in filter(None, reference.removeprefix("#").split("/")):
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            place = place.get(name) if isinstance(place, dict) else None
        return place if isinstance(place, dict) and reference.startswith("#") else {}


def _opened(schema: JsonObject) -> tuple[JsonObject, Any, list[Any]]:
    """What a schema says itself, what it refers to, and the parts that it consists of."""
    parts = schema.get("allOf")
    own = {name: value for name, value in schema.items() if name not in {"$ref", "allOf"}}
    return own, schema.get("$ref"), parts if isinstance(parts, list) else []


def merged(one: JsonObject, other: JsonObject) -> JsonObject:
    """Both schemas at once; where they differ the first counts."""
    both = {**other, **one}
    if isinstance(one.get("properties"), dict) and isinstance(other.get("properties"), dict):
        both["properties"] = _merged_members(one["properties"], other["properties"])
    if isinstance(one.get("required"), list) and isinstance(other.get("required"), list):
        both["required"] = [*one["required"], *other["required"]]
    return both


def _merged_members(one: JsonObject, other: JsonObject) -> JsonObject:
    """The properties of both; one that both describe is all that they say of it."""
    shared = {
        name: {**other[name], **schema}
        for name, schema in one.items()
        if isinstance(schema, dict) and isinstance(other.get(name), dict)
    }
    return {**other, **one, **shared}


def types_of(source: JsonObject) -> list[str]:
    """The types of a schema that names several."""
    types = source.get("type")
    if types == "null":
        return ["null"]
    return [t for t in types if isinstance(t, str)] if isinstance(types, list) else []


def type_of_values(values: Sequence[Any]) -> str | None:
    """The type that all values have, null aside; None when they differ."""
    found = {_JSON_TYPES.get(type(value), "OBJECT") for value in values if value is not None}
    if found == {"INTEGER", "NUMBER"}:
        return "NUMBER"
    return found.pop() if len(found) == 1 else None
