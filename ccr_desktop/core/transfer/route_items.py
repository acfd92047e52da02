"""The routes of something found, each with what has to be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.schema import SCENARIOS
from ccr_desktop.core.setup.edits import find_entry, provider_entries
from ccr_desktop.core.setup.route_lists import route_texts
from ccr_desktop.core.transfer.found import Origin
from ccr_desktop.core.transfer.items import Item, Kind, as_object, counted, cut, sent_along, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transfer.found import Found

_BACKUPS = " → "
"""Between a model and the one that answers in its place, in any language."""


def route_items(found: Found, raw: JsonObject, left: set[str]) -> Iterator[Item | None]:
    """*left* are its providers that are not ticked, most as one of the name is here already."""
    router, own = as_object(found.raw.get("Router")), as_object(raw.get("Router"))
    known = {
        str(entry["name"]).strip().casefold()
        for entry in (*provider_entries(found.raw), *provider_entries(raw))
    }
    for name, value in router.items():
        if value in (None, "", [], {}):
            continue
        if own.get(name) == value:
            yield None
            continue
        detail, warnings = _route_words(name, value)
        if found.origin is not Origin.HERE:
            warnings += sent_along(value)
        if name in own and own[name] not in (None, "", [], {}):
            warnings.append(f"It would replace {_route_words(name, own[name])[0]}.")
        is_free = not warnings
        missing = [head for head in _heads(name, value) if head.casefold() not in known]
        warnings += [f"There is no provider {head}." for head in missing]
        alone = [] if missing else _left_alone(name, value, raw, left)
        warnings += [f"It needs the provider {head}: take that, too." for head in alone]
        others = [] if missing else _of_another(name, value, raw, left)
        warnings += [
            f"Your provider {head} is another and has no {model}: take that of the file, too."
            for head, model in others
        ]
        yield Item(
            kind=Kind.ROUTE,
            name=name,
            title=_route_title(name),
            detail=detail,
            warnings=tuple(warnings),
            is_ticked=is_free
            and not (missing or alone or others)
            and found.origin is not Origin.LINK,
            lacks_provider=bool(missing),
            value=value,
        )


def _route_words(name: str, value: Any) -> tuple[str, list[str]]:
    if name in SCENARIOS and (texts := route_texts(value)):
        return _BACKUPS.join(texts), []
    if name == "rules" and isinstance(value, list):
        names = (
            str(each.get("name") or f"rule {number}")  # as decisions call it
            for number, each in enumerate(value, 1)
            if isinstance(each, dict)
        )
        return cut(f"{counted(len(value), 'rule')}: {', '.join(names)}"), []
    return named_routes(name, value) or short(name, value), []


def named_routes(name: str, value: Any) -> str:
    """Where each of several names leads, in words; empty for a setting of another kind."""
    if name not in {"agents", "models", "fallback"} or not isinstance(value, dict):
        return ""
    ways = (f"{word}: {_BACKUPS.join(route_texts(routes))}" for word, routes in value.items())
    return cut(", ".join(ways))


def _route_title(name: str) -> str:
    return f"Route {name}" if name in SCENARIOS else f"Router.{name}"


def _heads(name: str, value: Any) -> list[str]:
    """The providers that routes lead to."""
    return list(dict.fromkeys(head for head, _ in _ways(name, value)))


def _ways(name: str, value: Any) -> list[tuple[str, str]]:
    """Providers and models that are led to."""
    match name, value:
        case "rules", list():
            found = [entry.get("route") for entry in value if isinstance(entry, dict)]
        case (("agents" | "models"), dict()):
            found = [*value.values()]
        case _:
            found = [value] if name in SCENARIOS else []
    parts = [
        text.partition("," if "," in text else "/") for one in found for text in route_texts(one)
    ]
    return [(head.strip(), model.strip()) for head, _, model in parts if head.strip()]


def _left_alone(name: str, value: Any, raw: JsonObject, left: set[str]) -> list[str]:
    """Providers of a route that are not ticked, where there is none of the name here."""
    names = {one.casefold() for one in left}
    heads = dict.fromkeys(_heads(name, value))
    return [head for head in heads if head.casefold() in names and not find_entry(raw, head)]


def _of_another(name: str, value: Any, raw: JsonObject, left: set[str]) -> list[tuple[str, str]]:
    """Where a route would lead to a provider of yours that only has the name of what was meant."""
    names = {one.casefold() for one in left}
    found = []
    for head, model in dict.fromkeys(_ways(name, value)):
        old = find_entry(raw, head) if head.casefold() in names else None
        models = old.get("models") if old else None
        if old and model not in (models if isinstance(models, list) else []):
            found.append((str(old["name"]), model))
    return found
