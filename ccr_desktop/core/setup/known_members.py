"""What there is to say in each object of a configuration, and texts where none can stand.

An object is named by the keys on the way to it; items of a list are at the place of the list.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.client_keys import OF_CLIENT_KEYS
from ccr_desktop.core.config.conditions import CONDITIONS, SIGN_CHOICES
from ccr_desktop.core.config.fields import positive_number, read_setting, whole_number
from ccr_desktop.core.config.keys import OF_POOL_KEYS
from ccr_desktop.core.config.legacy import OF_CLAUDE_CODE_ROUTER
from ccr_desktop.core.config.prices import OF_PRICES
from ccr_desktop.core.config.schema import SCENARIOS, Route
from ccr_desktop.core.config.setting import Kind, Setting
from ccr_desktop.core.config.settings import SETTINGS, keys_of
from ccr_desktop.core.config.status_line import (
    LINE_KEYS,
    MODULE_KEYS,
    PLACEHOLDER,
    PLACEHOLDERS,
    STYLE_KEYS,
    TYPES,
    is_color,
)
from ccr_desktop.core.config.tokenizers import ENCODINGS, OF_ENCODINGS, OF_TOKENIZERS
from ccr_desktop.core.config.user_files import OF_PLUGINS, OF_TRANSFORMERS
from ccr_desktop.core.setup.secret_fields import is_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Keys = tuple[str, ...]
_OF_ROUTES = tuple(Route.__dataclass_fields__)
_IN_LISTS = {
    "ClientKeys": OF_CLIENT_KEYS,
    "transformers": OF_TRANSFORMERS,
    "plugins": OF_PLUGINS,
    "Plugins": OF_PLUGINS,
}


def known_members(keys: Keys, found: Mapping[str, Any]) -> Iterable[str] | None:
    """Those that there are in the object *found* at *keys*; None where there may be any."""
    match keys:
        case ():
            return (*keys_of(), *OF_CLAUDE_CODE_ROUTER)
        case ("Providers" | "providers", *inner):
            return _of_provider(tuple(inner), found)
        case ("StatusLine", *inner):
            return _of_status_line(tuple(inner), found)
        case ("Desktop" | "Failover",) | ("Desktop", "notifications"):
            return keys_of(".".join(keys))
        case (str(name),) if name in _IN_LISTS:
            return _IN_LISTS[name]
        case ("projects" | "fallback", _) | ("Desktop", "favourites"):
            return _OF_ROUTES
        case ("fallback",):
            return SCENARIOS
        case ("Router", *inner) | ("routeSets", _, *inner):
            return _of_routes(tuple(inner))
        case _:
            return None


def _of_provider(keys: Keys, found: Mapping[str, Any]) -> Iterable[str] | None:
    match keys:
        case () | ("timeout",):
            return keys_of(".".join(("Providers[]", *keys)))
        case ("api_keys",):
            return OF_POOL_KEYS
        case ("prices", _):
            return OF_PRICES
        case ("tokenizer",):
            return OF_TOKENIZERS
        case ("tokenizer", "default") | ("tokenizer", "models", _):
            return OF_ENCODINGS
        case ("transformer",):
            return ("use", *(model for model, chain in found.items() if _is_group(chain)))
        case ("transformer", str(model)) if model != "use":
            return ("use",)
        case _:
            return None


def _of_status_line(keys: Keys, found: Mapping[str, Any]) -> Iterable[str] | None:
    match keys:
        case ():
            return (*LINE_KEYS, *(name for name, style in found.items() if _is_group(style)))
        case (_,):
            return STYLE_KEYS
        case (_, "modules"):
            return MODULE_KEYS
        case _:
            return None


def _of_routes(keys: Keys) -> Iterable[str] | None:
    match keys:
        case ():
            return (*keys_of("Router"), "fallback")
        case ("rules",):
            return keys_of("Router.rules[]")
        case ("rules", "when"):
            return [condition.name for condition in CONDITIONS]
        case ("fallback",):
            return SCENARIOS
        case ("agents" | "models" | "fallback", _) | ("rules", "route"):
            return _OF_ROUTES
        case (str(name),) if name in SCENARIOS:
            return _OF_ROUTES
        case _:
            return None


def _is_group(found: Any) -> bool:
    return isinstance(found, dict | list)


def is_out_of_place(keys: Keys, text: str) -> bool:
    """Whether no such text can stand at *keys*, as "please" where a number is wanted."""
    match keys:
        case ("StatusLine", _, "modules", str(name)):
            return _is_no_part(name, text)
        case _ if is_stand_in(text):
            return False
        case ("Providers", "prices", _, _):
            return positive_number(text, "", []) is None
        case ("Providers", "context_windows", _):
            return whole_number(text) is None
        case ("Providers", "tokenizer", *_, "encoding"):
            return text not in ENCODINGS
        case ("Router", "thinkWhen"):
            return not text.startswith(SIGN_CHOICES)
        case ("routeSets", _, *inner):
            return is_out_of_place(("Router", *inner), text)
        case ("providers", *inner):
            return is_out_of_place(("Providers", *inner), text)
        case _:
            setting = _BY_KEYS.get(keys)
            return setting is not None and _is_wrong(setting, text)


def _is_no_part(name: str, text: str) -> bool:
    """What a module of the status line shows of its own is words of people, but for signs."""
    match name:
        case "type":
            return text not in TYPES
        case "color" | "background":
            return not is_color(text)
        case "text" | "icon":
            own = PLACEHOLDER.sub(lambda m: m[0] if m[1] not in PLACEHOLDERS else "", text)
            return any(letter.isalpha() for letter in own)
        case _:
            return False


def _by_keys() -> dict[Keys, Setting]:
    """The settings by the keys on the way to them, in every spelling."""
    named = {}
    for setting in SETTINGS:
        way = setting.key.replace("[]", "").split(".")
        for spelling in {way[-1], *setting.synonyms}:
            named[(*way[:-1], spelling)] = replace(setting, key="")
    return named


_BY_KEYS = _by_keys()


def _is_wrong(setting: Setting, text: str) -> bool:
    if setting.kind is Kind.AMOUNT:
        return positive_number(text, "", []) is None
    issues: list[Any] = []
    read_setting(setting, {setting.key: text}, issues)
    return bool(issues)
