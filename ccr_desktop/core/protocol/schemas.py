"""JSON Schemas of tools, in the form that servers agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.protocol.schema_sources import Sources, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_CHOICES = ("anyOf", "oneOf")
_COMPOSED = frozenset({*_CHOICES, "allOf", "$ref", "enum", "const", "not"})


def object_schema(
    schema: JsonObject | None, clean: Callable[[JsonObject], JsonObject] | None
) -> JsonObject:
    """A schema as strict servers want it: an object with `properties`, without `$schema`.

    *clean* is the provider's own policy.
    """
    kept = {key: value for key, value in (schema or {}).items() if key != "$schema"}
    kept = one_object(kept)
    whole = {"type": "object", "properties": {}, **kept} if "properties" not in kept else kept
    if not isinstance(whole.get("type"), str):
        whole = {**whole, "type": "object"}
    return clean(whole) if clean else whole


# -- one object --------------------------------------------------------------------------------


def one_object(schema: JsonObject) -> JsonObject:
    """*schema* as one object with all properties that an input may have.

    A tool's input may be one of several objects; APIs take no alternatives at the top:
    https://github.com/langchain-ai/langchainjs/issues/9804. Which members belong together is
    said in words.
    """
    if schema.keys().isdisjoint(_COMPOSED):
        return schema
    sources = Sources(schema)
    shapes = list(_shapes(schema, sources, 0)) or [{}]
    kept = {name: value for name, value in schema.items() if name not in _COMPOSED}
    made: JsonObject = {**kept, "type": "object", "properties": _properties(shapes)}
    needed = [_required(shape) for shape in shapes]
    always = [name for name in needed[0] if all(name in names for names in needed)]
    made.pop("required", None)
    if always:
        made["required"] = always
    some = [[name for name in names if name not in always] for names in needed]
    return _told(made, [names for names in some if names]) if all(some) else made


def _shapes(schema: JsonObject, sources: Sources, nesting: int) -> Iterator[JsonObject]:
    """The objects that *schema* allows, each with all that it says."""
    with sources.resolved(schema, nesting) as source:
        if source is None:
            return
        rest = {name: value for name, value in source.items() if name not in _CHOICES}
        choices = [choice for name in _CHOICES for choice in objects(source.get(name))]
        for choice in choices:
            yield from _shapes(merged(choice, rest), sources, nesting + 1)
        if not choices and _may_be_object(rest):
            yield rest


def _may_be_object(schema: JsonObject) -> bool:
    types = schema.get("type", "object")
    return types == "object" or (isinstance(types, list) and "object" in types)


def _properties(shapes: Sequence[JsonObject]) -> JsonObject:
    """All properties; one that differs from shape to shape is any of what it is there."""
    found: dict[str, list[Any]] = {}
    for shape in shapes:
        properties = shape.get("properties")
        for name, schema in properties.items() if isinstance(properties, dict) else ():
            kinds = found.setdefault(name, [])
            if schema not in kinds:
                kinds.append(schema)
    return {
        name: kinds[0] if len(kinds) == 1 else {"anyOf": kinds} for name, kinds in found.items()
    }


def _required(shape: JsonObject) -> list[str]:
    names = shape.get("required")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _told(schema: JsonObject, sets: Sequence[Sequence[str]]) -> JsonObject:
    """*schema* that says which further members are needed, where there is a choice."""
    said = schema.get("description")
    told = "; or ".join(dict.fromkeys(", ".join(names) for names in sets))
    words = f"({'Needed: ' if not said else 'needed: '}{told})" if told else ""
    return {**schema, "description": " ".join(filter(None, [said, words]))} if words else schema
