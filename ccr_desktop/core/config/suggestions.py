"""What can be written at a place of the file: keys and values, from its JSON Schema."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.json_shapes import ROUTE_FORMAT
from ccr_desktop.core.config.positions import Frame, tokens, unquoted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.positions import Path
    from ccr_desktop.core.protocol.json import JsonObject

Token = tuple[str, int, int]
_MAY_FOLLOW = {"", *" \t\r\n,:}]"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` takes the place of what is written; the cursor goes `back` by so many characters."""

    label: str
    text: str
    about: str = ""
    is_deprecated: bool = False
    back: int = 0
    key: str = ""
    """Of a key the setting that it is, as `Providers[].name`."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """For the piece of the text from `start` to `end`."""

    start: int
    end: int
    items: tuple[Suggestion, ...] = ()


def suggest(text: str, position: int, schema: JsonObject) -> Suggestions:
    """What may stand at *position*, those that begin like what is written first."""
    found = tokens(text)
    kind, start, end = _piece(text, found, position)
    if kind == "comment":
        return Suggestions(position, position)
    frames = walk(text, (token for token in found if token[1] < start))[1]
    if not frames:
        return Suggestions(position, position)
    written = unquoted(kind, text[start:position]).casefold() if kind else ""
    frame = frames[-1]
    if frame.opening == "{" and not frame.has_colon:
        items = _keys(text, end, frame, schema)
    else:
        members = _at(schema, frame.value_path, schema)
        takes_route = any(member.get("format") == ROUTE_FORMAT for member in members)
        items = [*(_routes(text) if takes_route else ()), *_values(members)]
    fitting = [item for item in items if _fits(item, written)]
    fitting.sort(key=lambda item: (item.is_deprecated, not _begins(item, written)))
    return Suggestions(start, end, tuple(fitting))


def _piece(text: str, found: list[Token], position: int) -> tuple[str, int, int]:
    """The string, word or comment that the cursor is in or right behind."""
    for kind, start, end in found:
        if start >= position:
            break
        is_inside = position < end or (position == end and not _is_closed(kind, text[start:end]))
        if is_inside and kind != "mark":
            is_whole = kind != "string" or _is_finished(text, start, end)
            return kind, start, end if is_whole else position
    return "", position, position


def _is_finished(text: str, start: int, end: int) -> bool:
    """A string that is being begun ends at the opening quote of the next one on its line."""
    behind = text[end : end + 2]
    is_its_own_end = behind[:1] in _MAY_FOLLOW or behind in {"//", "/*"}
    return is_its_own_end and _is_closed("string", text[start:end])


def _is_closed(kind: str, piece: str) -> bool:
    if kind == "comment":
        return piece.startswith("/*") and piece.endswith("*/") and len(piece) > 3
    return kind == "string" and len(piece) > 1 and piece[0] == piece[-1]


def _fits(item: Suggestion, written: str) -> bool:
    return written in item.label.casefold()


def _begins(item: Suggestion, written: str) -> bool:
    return item.label.casefold().startswith(written)


def _routes(text: str) -> list[Suggestion]:
    """`provider,model` for all that the text itself names."""
    names: dict[Path, str] = {}
    models: list[tuple[Path, str]] = []
    for place in walk(text)[0]:
        value = unquoted("string", text[slice(*place.value)])
        match place.path:
            case ("Providers" | "providers", int(), "name"):
                names[place.path[:2]] = value
            case ("Providers" | "providers", int(), "models", int()):
                models.append((place.path[:2], value))
    routes = [f"{names[owner]},{model}" for owner, model in models if owner in names]
    return [Suggestion(route, json.dumps(route, ensure_ascii=False)) for route in routes]


def _keys(text: str, end: int, frame: Frame, schema: JsonObject) -> list[Suggestion]:
    has_colon = text[end:].lstrip()[:1] == ":"
    found: dict[str, Suggestion] = {}
    for member in _at(schema, frame.path, schema):
        for name, inner in member.get("properties", {}).items():
            if name in frame.keys or name in found:
                continue
            tail, back = ("", 0) if has_colon else _tail(inner, schema)
            found[name] = Suggestion(
                name,
                f"{json.dumps(name)}{tail}",
                _about(inner),
                bool(inner.get("deprecated")),
                back,
                _setting_key((*frame.path, name)),
            )
    return list(found.values())


def _setting_key(path: Path) -> str:
    return "".join("[]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _tail(inner: JsonObject, schema: JsonObject) -> tuple[str, int]:
    """What follows a new key, and how far from its end the cursor stands."""
    types = [kind for member in _plain(inner, schema) for kind in _types(member)]
    match types[:1]:
        case ["object"]:
            return ": {}", 1
        case ["array"]:
            return ": []", 1
        case ["string"]:
            return ': ""', 1
        case _:
            return ": ", 0


def _types(member: JsonObject) -> list[str]:
    found = member.get("type", [])
    return [found] if isinstance(found, str) else list(found)


def _values(members: list[JsonObject]) -> list[Suggestion]:
    """Constants first, then truth values, the default, and examples."""
    found: dict[str, Suggestion] = {}
    for value, about in _constants(members):
        text = json.dumps(value, ensure_ascii=False)
        label = value if isinstance(value, str) else text
        if value is not None and label not in found:
            found[label] = Suggestion(label, text, about)
    return list(found.values())


def _constants(members: list[JsonObject]) -> Iterator[tuple[Any, str]]:
    for member in members:
        if "const" in member:
            yield member["const"], _about(member)
        yield from ((value, "") for value in member.get("enum", ()))
    for member in members:
        if "boolean" in _types(member):
            yield from ((value, "") for value in (True, False))
    for member in members:
        if (default := member.get("default")) not in (None, "", [], {}):
            yield default, "default"
        yield from ((value, "example") for value in member.get("examples", ()))


def _about(member: JsonObject) -> str:
    return str(member.get("description", ""))


def _at(member: JsonObject, path: Path, schema: JsonObject) -> list[JsonObject]:
    """The schemas that count for the value at *path*."""
    found = _plain(member, schema)
    for part in path:
        found = [
            deep for one in found for inner in _inner(one, part) for deep in _plain(inner, schema)
        ]
    return found


def _inner(member: JsonObject, part: str | int) -> Iterator[JsonObject]:
    if isinstance(part, int):
        fixed = member.get("prefixItems", [])
        item = fixed[part] if part < len(fixed) else member.get("items")
        if isinstance(item, dict):
            yield item
    elif part in member.get("properties", {}):
        yield member["properties"][part]
    elif isinstance(others := member.get("additionalProperties"), dict):
        yield others


def _plain(member: JsonObject, schema: JsonObject) -> list[JsonObject]:
    """A schema with its references and alternatives, each on its own."""
    if reference := member.get("$ref"):
        rest = {key: value for key, value in member.items() if key != "$ref"}
        target = schema["$defs"][str(reference).rpartition("/")[2]]
        return [rest, *_plain(target, schema)]
    found = [member]
    for word in ("anyOf", "allOf"):
        for other in member.get(word, ()):
            found += _plain(other, schema)
    if isinstance(other := member.get("then"), dict):
        found += _plain(other, schema)
    return found
