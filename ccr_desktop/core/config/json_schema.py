"""The JSON Schema of `config.json`, made from the declarations of the settings.

It is what editors complete and mark by. The reader knows more: whether a route's provider is there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.json_shapes import (
    DEFS,
    REMARKS,
    SHAPES,
    closed,
    or_nothing,
    scalar,
)
from ccr_desktop.core.config.setting import Setting
from ccr_desktop.core.config.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.protocol.json import JsonObject

_ITEMS = {"Providers[]": "provider", "Router.rules[]": "rule"}  # by their name in `$defs`
_NEEDS: dict[str, JsonObject] = {
    "Providers[]": {
        "required": ["name"],
        # A chain may know its own address.
        "anyOf": [{"required": ["api_base_url"]}, {"required": ["transformer"]}],
    }
}


def config_schema() -> JsonObject:
    """The whole schema. Unknown keys at the top are allowed: custom routers may read them."""
    router = _members("Router")
    route_set = {**router, "fallback": {"$ref": "#/$defs/fallback"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of CCR Desktop",
        "description": "JSON5. $NAME is read from the environment, keyring:NAME from the store "
        "of keys.",
        "type": "object",
        "properties": {"$schema": {"type": "string"}, **_members("")},
        "patternProperties": REMARKS,
        "additionalProperties": True,
        "$defs": {
            **DEFS,
            **{name: _object(parent, "object") for parent, name in _ITEMS.items()},
            "routeSet": closed(route_set),
        },
    }


def schema_text() -> str:
    """The schema as `resources/config.schema.json` has it."""
    return f"{json.dumps(config_schema(), indent=2, ensure_ascii=False)}\n"


def _members(parent: str) -> JsonObject:
    members: JsonObject = {}
    for setting, name in _children(parent):
        found = _described(setting) | or_nothing(_value(setting))
        members[name] = found
        for synonym in setting.synonyms:
            words = f"Another spelling of {name}. {setting.help}"
            members[synonym] = {**found, "description": words, "deprecated": True}
    return members


def _children(parent: str) -> Iterator[tuple[Setting, str]]:
    prefix = f"{parent}." if parent else ""
    for setting in SETTINGS:
        name = setting.key[len(prefix) :]
        if setting.key.startswith(prefix) and "." not in name:
            yield setting, name


def _value(setting: Setting) -> JsonObject:
    key = setting.key
    if key in SHAPES:
        return SHAPES[key]
    if name := _ITEMS.get(f"{key}[]"):
        return {"type": ["array", "null"], "items": {"$ref": f"#/$defs/{name}"}}
    if _is_parent(f"{key}[]"):
        return {"type": ["array", "null"], "items": _object(f"{key}[]", "object")}
    if _is_parent(key):
        return _object(key, ["object", "null"])
    return scalar(setting)


def _is_parent(key: str) -> bool:
    return any(setting.key.startswith(f"{key}.") for setting in SETTINGS)


def _object(parent: str, kind: str | list[str]) -> JsonObject:
    return closed(_members(parent), **{"type": kind, **_NEEDS.get(parent, {})})


def _described(setting: Setting) -> JsonObject:
    words = setting.help
    if setting.unit:
        words += f" In {setting.unit}."
    if setting.is_idle:
        words += " Without effect so far."
    about: dict[str, Any] = {"description": words}
    if setting.default is not None:
        about["default"] = setting.default
    if setting.example:
        about["examples"] = [json.loads(setting.example)]
    return about
