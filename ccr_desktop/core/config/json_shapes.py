"""What the declaration of a setting does not say about its value, as JSON Schema: the members of
objects and lists that people fill in freely.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.conditions import CONDITIONS, SIGN_CHOICES, Condition, Values
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.schema import SCENARIOS, Price
from ccr_desktop.core.config.setting import Kind, Setting
from ccr_desktop.core.config.status_line import COLORS, OTHER_COLORS, STYLES, TYPES
from ccr_desktop.core.config.tokenizers import ENCODINGS
from ccr_desktop.core.providers.catalog import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.config.known_transformers import KnownTransformer
    from ccr_desktop.core.protocol.json import JsonObject

_REFERENCE = r".*\$.*|keyring:.*"  # what stands behind it is not known here
_TRUTH = r"[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[01]"
_SPAN = r"^\s*([01]?[0-9]|2[0-3]):[0-5][0-9]\s*-\s*(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)\s*$"
REMARKS: JsonObject = {r"^(_|\$|//|#)": {}}
"""Keys that are remarks: anything may stand there."""
ROUTE_FORMAT = "route"
"""Marks the texts that are routes, for those who complete them."""
TEXT: JsonObject = {"type": ["string", "null"]}
ROUTE: JsonObject = {"$ref": "#/$defs/route"}
_TEXTS: JsonObject = {"type": "array", "items": {"type": "string"}}


def closed(members: JsonObject, **more: Any) -> JsonObject:
    """An object with these members and remarks."""
    return {
        "type": ["object", "null"],
        "properties": members,
        "patternProperties": REMARKS,
        "additionalProperties": False,
        **more,
    }


def or_nothing(value: JsonObject) -> JsonObject:
    """*value* where also an empty text may stand, which is as good as nothing."""
    types = value.get("type", "string")
    if isinstance(types, str) or "string" in types:
        return value
    return {**value, "type": [*types, "string"], "maxLength": 0}


def of_names(value: JsonObject) -> JsonObject:
    """An object with any names."""
    return {"type": ["object", "null"], "additionalProperties": value}


def scalar(setting: Setting) -> JsonObject:
    """What the kind of a setting allows: also texts that are read as one, and references."""
    both = (("minimum", setting.minimum), ("maximum", setting.maximum))
    limits = {word: limit for word, limit in both if limit is not None}
    if setting.choices:
        return _one_of(setting.choices)
    match setting.kind:
        case Kind.NUMBER:
            return _number("integer", **limits)
        case Kind.DECIMAL:
            return _number("number", **limits)
        case Kind.AMOUNT:
            return _number("number", exclusiveMinimum=0)
        case Kind.FLAG:
            types = ["boolean", "integer", "string", "null"]
            pattern = f"^({_TRUTH}|{_REFERENCE})?$"
            return {"type": types, "minimum": 0, "maximum": 1, "pattern": pattern}
        case Kind.ROUTE:
            return ROUTE
        case Kind.LIST:
            return {"type": ["array", "null"]}
        case Kind.OBJECT:
            return {"type": ["object", "null"]}
        case _:
            return TEXT


def _number(kind: str, **limits: float) -> JsonObject:
    pattern = rf"^(\s*[-+]?[0-9.eE+-]+\s*|{_REFERENCE})?$"
    return {"type": [kind, "string", "null"], "pattern": pattern, **limits}


def _one_of(choices: Iterable[str]) -> JsonObject:
    """The choices, in any case, or a reference."""
    choices = list(choices)
    caseless = "|".join("".join(map(_either_case, choice)) for choice in choices)
    pattern = rf"^(\s*({caseless})\s*|{_REFERENCE})?$"
    return {**TEXT, "anyOf": [{"enum": choices}, {"type": "null"}, {"pattern": pattern}]}


def _either_case(letter: str) -> str:
    return f"[{letter.upper()}{letter.lower()}]" if letter.isalpha() else letter


def _route() -> JsonObject:
    words = 'A route, "provider,model".'
    text = {"type": "string", "format": ROUTE_FORMAT, "description": words}
    pair = {
        "type": "object",
        "properties": {"provider": {"type": "string"}, "model": {"type": "string"}},
        "required": ["provider", "model"],
    }
    one: JsonObject = {"anyOf": [text, pair]}
    return {"anyOf": [text, pair, {"type": "array", "items": one}, {"type": "null"}]}


def _chain() -> JsonObject:
    link = {"$ref": "#/$defs/transformer"}
    return {"type": ["array", "null"], "items": link}


def _transformer() -> JsonObject:
    """A link of a chain. Names that are not built in may be those of plugins."""
    names = [{"const": k.name, "description": k.help} for k in KNOWN_TRANSFORMERS.values()]
    name: JsonObject = {"anyOf": [*names, {"type": "string"}]}
    pair = {"type": "array", "prefixItems": [name, {"type": "object"}], "items": False}
    with_options = [known for known in KNOWN_TRANSFORMERS.values() if not known.takes_any]
    return {
        "anyOf": [name, {**pair, "minItems": 1}],
        "allOf": [_options(known) for known in with_options if known.options],
    }


def _options(known: KnownTransformer) -> JsonObject:
    members = {option.key: {**_described(option), **scalar(option)} for option in known.options}
    options = closed(members, **({"required": list(known.required)} if known.required else {}))
    named = {"type": "array", "prefixItems": [{"const": known.name}], "minItems": 1}
    if not known.required:
        return {"if": named, "then": {"prefixItems": [True, options]}}
    whole = {"prefixItems": [True, options], "minItems": 2}
    return {"if": named, "then": whole, "not": {"const": known.name}}


def _described(setting: Setting) -> JsonObject:
    return {"description": setting.help} if setting.help else {}


def _conditions() -> JsonObject:
    members = {condition.name: _condition(condition) for condition in CONDITIONS}
    return {"type": ["object", "null"], "properties": members, "additionalProperties": False}


def _condition(condition: Condition) -> JsonObject:
    about = {
        "description": f"Holds when {condition.help}.",
        "examples": [json.loads(condition.example)],
    }
    return {**about, **_value(condition)}


def _value(condition: Condition) -> JsonObject:
    match condition.values:
        case Values.NUMBER:
            return {"type": ["integer", "string"], "exclusiveMinimum": 0}
        case Values.FLAG:
            return {"type": "boolean"}
        case Values.BY_NAME:
            simple = {"type": ["string", "number", "boolean"]}
            several = {"type": "array", "items": simple, "minItems": 1}
            inner = {"anyOf": [simple, several]}
            return {"type": "object", "additionalProperties": inner, "minProperties": 1}
        case Values.TIMES:
            return _or_several({"type": "string", "pattern": _SPAN})
        case _:
            return _or_several(_sign() if condition.choices else {"type": "string", "minLength": 1})


def _sign() -> JsonObject:
    words = [choice for choice in SIGN_CHOICES if not choice.endswith(":")]
    beginnings = "|".join(choice for choice in SIGN_CHOICES if choice.endswith(":"))
    return {"type": "string", "anyOf": [{"enum": words}, {"pattern": f"^({beginnings})"}]}


def _or_several(value: JsonObject) -> JsonObject:
    return {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]}


def _pool() -> JsonObject:
    members = {
        "key": {"type": "string", "minLength": 1},
        "weight": _number("number", exclusiveMinimum=0),
        "limit_per_minute": _number("integer", exclusiveMinimum=0),
    }
    entry = closed(members, required=["key"], type="object")
    return {"type": ["array", "null"], "items": {"anyOf": [{"type": "string"}, entry]}}


def _chains() -> JsonObject:
    own = {"type": ["object", "null"], "properties": {"use": _chain()}}
    return {**own, "additionalProperties": {"anyOf": [own, _chain()]}}


def _prices() -> JsonObject:
    amount = {"type": ["number", "null"], "minimum": 0}
    return of_names(closed(dict.fromkeys(Price.__dataclass_fields__, amount)))


def _tokenizer() -> JsonObject:
    one = {
        "type": ["object", "null"],
        "properties": {"type": {"const": "tiktoken"}, "encoding": {"enum": list(ENCODINGS)}},
    }
    return closed({"default": one, "models": of_names(one)})


def _status_line() -> JsonObject:
    colors = {
        "type": "string",
        "description": "A name (red, bright_blue, bg_cyan) or #rrggbb.",
        "examples": [*COLORS, *OTHER_COLORS],
    }
    module = closed(
        {
            "type": {"type": "string", "anyOf": [{"enum": list(TYPES)}, {"type": "string"}]},
            "icon": {"type": "string"},
            "text": {"type": "string", "examples": ["{{model}}"]},
            "color": colors,
            "background": colors,
            "scriptPath": {"type": "string"},
            "options": {"type": "object"},
        },
        type="object",
    )
    style = {
        "type": "object",
        "properties": {"modules": {"type": "array", "items": module}},
        "required": ["modules"],
    }
    return {
        "type": ["object", "null"],
        "properties": {
            "enabled": {"type": "boolean", "default": False},
            "currentStyle": {"type": ["string", "null"], "examples": list(STYLES)},
            "fontFamily": {},
        },
        "additionalProperties": style,
    }


def _plugin_files() -> JsonObject:
    members = {
        "path": {"type": "string", "minLength": 1, "description": "The Python file."},
        "options": {"type": ["object", "null"]},
        "name": {},
        "type": {},
    }
    entry = closed(members, required=["path"], type="object")
    return {"type": ["array", "null"], "items": {"anyOf": [{"type": "string"}, entry]}}


_NAMES: JsonObject = {
    "anyOf": [{"type": "string"}, _TEXTS, {"type": "null"}],
}
SHAPES: dict[str, JsonObject] = {
    "Providers[].api_keys": _pool(),
    "Providers[].models": {**_TEXTS, "type": ["array", "null"]},
    "Providers[].transformer": _chains(),
    "Providers[].profile": {**TEXT, "anyOf": [{"enum": list(PROFILES)}, {"type": "null"}]},
    "Providers[].headers": of_names({"type": "string"}),
    "Providers[].context_windows": of_names(
        {**_number("integer", exclusiveMinimum=0), "type": ["integer", "string"]}
    ),
    "Providers[].prices": _prices(),
    "Providers[].tokenizer": _tokenizer(),
    "Router.agents": of_names(ROUTE),
    "Router.thinkWhen": {"type": ["array", "null"], "items": _sign()},
    "Router.longContextThreshold": _number("integer", minimum=0),  # 0 is the usual one there
    "Router.rules[].when": {"$ref": "#/$defs/conditions"},
    "Router.rules[].only": _NAMES,
    "Router.rules[].never": _NAMES,
    "fallback": {"$ref": "#/$defs/fallback"},
    "routeSets": of_names({"$ref": "#/$defs/routeSet"}),
    "projects": of_names(ROUTE),
    "transformers": _plugin_files(),
    "StatusLine": _status_line(),
    "Desktop.favourites": ROUTE,
}
"""By the key of a setting."""
DEFS: JsonObject = {
    "route": _route(),
    "transformer": _transformer(),
    "conditions": _conditions(),
    "fallback": or_nothing(closed(dict.fromkeys(SCENARIOS, ROUTE))),
}
