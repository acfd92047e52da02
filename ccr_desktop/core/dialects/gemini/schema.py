"""JSON Schema as the subset that Gemini takes.

Function parameters are OpenAPI-like records with typed members, and any other member is refused:
https://ai.google.dev/api/caching#Schema. What a schema says beyond that goes into descriptions,
where the model still reads it. Names of properties are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.json import dumps_safe, dumps_text, loads
from ccr_desktop.core.protocol.schema_sources import Sources, merged, type_of_values, types_of
from ccr_desktop.core.protocol.schemas import one_object

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_CACHED = 512  # schemas of a few hundred bytes; clients send the same ones on every turn
_FORMATS = {
    "STRING": ("date-time",),
    "INTEGER": ("int32", "int64"),
    "NUMBER": ("float", "double"),
}
_KEPT = {
    "STRING": ("minLength", "maxLength", "pattern"),
    "INTEGER": ("minimum", "maximum"),
    "NUMBER": ("minimum", "maximum"),
    "ARRAY": ("minItems", "maxItems"),
    "OBJECT": ("minProperties", "maxProperties"),
}
_NUMBERS = frozenset(name for names in _KEPT.values() for name in names) - {"pattern"}
# What only words can say.
_TOLD = ("const", "enum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems")
_CHOICES = frozenset({"anyOf", "oneOf"})
_COMPOSED = _CHOICES | {"$ref", "allOf"}
_ANY: JsonObject = {"anyOf": [{"type": t} for t in ("STRING", "NUMBER", "BOOLEAN", "OBJECT")]}
# Members that the JSON Schema of an answer may have:
# https://ai.google.dev/gemini-api/docs/structured-output
_ANSWER_MEMBERS = frozenset(
    {
        "type", "title", "description", "format", "enum", "minimum", "maximum", "required",
        "additionalProperties", "minItems", "maxItems", "$ref",
    }
)  # fmt: skip
_ANSWER_SCHEMAS = ("items", "additionalProperties")
_ANSWER_LISTS = ("anyOf", "oneOf", "prefixItems")
_ANSWER_MAPS = ("properties", "$defs")


def clean_schema(schema: JsonObject) -> JsonObject:
    """The schema of a tool's input as a Gemini `Schema`, always of the type OBJECT.

    The result is shared by all callers: it must not be changed.
    """
    return _cleaned(dumps_safe(schema))


@lru_cache(maxsize=_CACHED)
def _cleaned(data: bytes) -> JsonObject:
    schema = loads(data)
    root = Cleaner(schema).clean({"type": "object", **one_object(schema)})
    return root if root.get("type") == "OBJECT" else {"type": "OBJECT"}


class Cleaner:
    """Cleans one schema; knows where its references lead."""

    def __init__(self, root: JsonObject) -> None:
        self._sources = Sources(root)

    def clean(self, schema: Any, *, nesting: int = 0) -> JsonObject:
        """The part of *schema* that is accepted."""
        if not isinstance(schema, dict):
            return _ANY  # `true` allows everything
        with self._sources.resolved(schema, nesting) as source:
            if source is None:
                return {"type": "OBJECT"}  # it holds itself
            return self._clean(source, nesting + 1)

    def _clean(self, source: JsonObject, nesting: int) -> JsonObject:
        branches = self._branches(source)
        is_nullable = source.get("nullable") is True or None in [*branches, *_values(source)]
        kinds = [branch for branch in branches if branch is not None]
        if len(kinds) == 1:
            cleaned = self._typed(kinds[0], nesting)
        else:
            cleaned = {"anyOf": list(self._alternatives(kinds, nesting))} if kinds else _ANY
        return _nullable(cleaned) if is_nullable else cleaned

    def _branches(self, source: JsonObject) -> list[JsonObject | None]:
        """The alternatives that *source* allows, each with all that it says; None is null."""
        choices = source.get("anyOf") or source.get("oneOf")
        rest = {key: v for key, v in source.items() if key not in _CHOICES}
        if isinstance(choices, list) and choices:
            return [branch for choice in choices for branch in _branch(choice, rest)]
        types = types_of(rest)
        if not types:
            return [rest]
        return [None if t == "null" else {**rest, "type": t} for t in types]

    def _alternatives(self, branches: Sequence[JsonObject], nesting: int) -> Iterator[JsonObject]:
        seen: list[JsonObject] = []
        for branch in branches:
            cleaned = self.clean(branch, nesting=nesting)
            for one in cleaned.get("anyOf", [cleaned]):
                if one not in seen:
                    seen.append(one)
                    yield one

    def _typed(self, source: JsonObject, nesting: int) -> JsonObject:
        if not source.keys().isdisjoint(_COMPOSED):
            return self.clean(source, nesting=nesting)
        kind = _kind(source)
        if kind is None:
            return _described(_ANY, source, _words(source, None))
        cleaned: JsonObject = {"type": kind}
        if kind == "OBJECT":
            cleaned |= self._properties(source, nesting)
        elif kind == "ARRAY":
            cleaned["items"] = self._items(source, nesting)
        elif kind == "STRING" and (values := _string_enum(source)):
            cleaned["enum"] = values
        cleaned |= {name: source[name] for name in _KEPT.get(kind, ()) if _is_limit(name, source)}
        if source.get("format") in _FORMATS.get(kind, ()):
            cleaned["format"] = source["format"]
        return _described(cleaned, source, _words(source, kind))

    def _properties(self, source: JsonObject, nesting: int) -> JsonObject:
        found = source.get("properties")
        if not isinstance(found, dict) or not found:
            return {}
        properties = {
            name: self.clean(schema, nesting=nesting)
            for name, schema in found.items()
            if schema is not False
        }
        wanted = source.get("required")
        names = [n for n in wanted if isinstance(n, str)] if isinstance(wanted, list) else []
        required = [name for name in dict.fromkeys(names) if name in properties]
        return {"properties": properties, **({"required": required} if required else {})}

    def _items(self, source: JsonObject, nesting: int) -> JsonObject:
        items = source.get("items")
        listed = source.get("prefixItems") or items
        if isinstance(listed, list):
            kinds = list(self._alternatives([s for s in listed if isinstance(s, dict)], nesting))
            if not kinds:
                return _ANY
            return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
        return self.clean(items, nesting=nesting)


def _branch(choice: Any, rest: JsonObject) -> list[JsonObject | None]:
    """An alternative with what stands beside all; None is null; nothing fits `false`."""
    if not isinstance(choice, dict):
        return [rest] if choice is True else []
    is_null = choice.get("type") == "null" or choice.get("const", 0) is None
    return [None if is_null else merged(choice, rest)]


def _kind(source: JsonObject) -> str | None:
    """The one type of a schema, said or to be concluded; None for any."""
    said = source.get("type")
    if isinstance(said, str) and said.upper() in {*_KEPT, "BOOLEAN"}:
        return said.upper()
    if "properties" in source or "additionalProperties" in source:
        return "OBJECT"
    if "items" in source or "prefixItems" in source:
        return "ARRAY"
    if values := _values(source):
        return type_of_values(values)
    return next(
        (kind for kind in ("STRING", "NUMBER") if any(name in source for name in _KEPT[kind])),
        None,
    )


def _values(source: JsonObject) -> list[Any]:
    if "const" in source:
        return [source["const"]]
    values = source.get("enum")
    return values if isinstance(values, list) else []


def _string_enum(source: JsonObject) -> list[str]:
    """The values of an enum of strings; only such may be listed."""
    values = [value for value in _values(source) if value is not None]
    return values if all(isinstance(value, str) and value for value in values) else []


def _is_limit(name: str, source: JsonObject) -> bool:
    value = source.get(name)
    if name in _NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _words(source: JsonObject, kind: str | None) -> list[str]:
    """What can't be said otherwise."""
    listed = kind == "STRING" and bool(_string_enum(source))
    told = [
        f"{name}: {dumps_text(source[name])}"
        for name in _TOLD
        if name in source and not (listed and name in {"const", "enum"})
    ]
    form = source.get("format")
    if isinstance(form, str) and form not in _FORMATS.get(str(kind), ()):
        told.append(f"format: {form}")
    return told


def _described(cleaned: JsonObject, source: JsonObject, words: Sequence[str]) -> JsonObject:
    """*cleaned* with the description of *source*. Beside `anyOf` nothing else may stand."""
    said = source.get("description")
    text = said if isinstance(said, str) else ""
    if words:
        text = f"{text} ({'; '.join(words)})".lstrip()
    if not text:
        return cleaned
    if branches := cleaned.get("anyOf"):
        first, *others = branches
        return {"anyOf": [{**first, "description": text}, *others]}
    return {**cleaned, "description": text}


def _nullable(cleaned: JsonObject) -> JsonObject:
    if branches := cleaned.get("anyOf"):
        return {"anyOf": [{**branch, "nullable": True} for branch in branches]}
    return {**cleaned, "nullable": True}


# -- answers -----------------------------------------------------------------------------------


def clean_json_schema(schema: Any) -> Any:
    """A JSON Schema for answers without the members that are refused."""
    if not isinstance(schema, dict):
        return schema
    cleaned: JsonObject = {name: v for name, v in schema.items() if name in _ANSWER_MEMBERS}
    if "const" in schema and "enum" not in cleaned:
        cleaned["enum"] = [schema["const"]]
    for name in _ANSWER_SCHEMAS:
        if name in schema:
            cleaned[name] = clean_json_schema(schema[name])
    for name in _ANSWER_LISTS:
        if isinstance(schema.get(name), list):
            cleaned[name] = [clean_json_schema(item) for item in schema[name]]
    for name in _ANSWER_MAPS:
        if isinstance(found := schema.get(name), dict):
            cleaned[name] = {key: clean_json_schema(item) for key, item in found.items()}
    return cleaned
