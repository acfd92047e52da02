"""The status line in the raw form of a configuration: its style and the modules of each style.

All functions return a new object and leave the given one as it is, with its unknown keys and the
order of its keys.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.status_line import STYLES
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

KEY = "StatusLine"
_DEFAULT = "default"
_NO_GROUPS = ("enabled", "currentStyle", "fontFamily")


def line_of(raw: JsonObject) -> JsonObject:
    found = raw.get(KEY)
    return found if isinstance(found, dict) else {}


def style_of(raw: JsonObject) -> str:
    """The style in force."""
    found = line_of(raw).get("currentStyle")
    return (found.strip() if isinstance(found, str) else "") or _DEFAULT


def styles_of(raw: JsonObject) -> list[str]:
    """The built-in styles, and the groups that the file has beside them."""
    groups = [key for key, group in line_of(raw).items() if _is_group(key, group)]
    return list(dict.fromkeys([*STYLES, *groups, style_of(raw)]))


def modules_of(raw: JsonObject, style: str) -> list[Any] | None:
    """The modules of a style as they are written; None when its built-in ones are drawn."""
    group = line_of(raw).get(style)
    found = group.get("modules") if isinstance(group, dict) else None
    if not isinstance(found, list) or not any(isinstance(module, dict) for module in found):
        return None
    return found


def with_style(raw: JsonObject, style: str) -> JsonObject:
    """The configuration with another style in force."""
    new = copy.deepcopy(raw)
    _line(new)["currentStyle"] = style
    return new


def with_modules(raw: JsonObject, style: str, modules: Sequence[Any] | None) -> JsonObject:
    """The configuration with these modules in a style; None: the built-in ones.

    What else its group has stays.
    """
    new = copy.deepcopy(raw)
    line = _line(new)
    group = line.get(style)
    group = group if isinstance(group, dict) else {}
    if modules is None:
        group.pop("modules", None)
    else:
        group["modules"] = copy.deepcopy(list(modules))
    if group:
        line[style] = group
    else:
        line.pop(style, None)
    return new


def with_field(module: JsonObject, key: str, value: str) -> JsonObject:
    """A module with one text changed; an empty one is left out, but for the type."""
    new = dict(module)
    if value or key == "type":
        new[key] = value
    else:
        new.pop(key, None)
    return new


def _line(new: JsonObject) -> JsonObject:
    line = new.setdefault(KEY, {})
    if not isinstance(line, dict):
        raise ClientError("StatusLine is no object", "`ccr config check` says what is wrong.")
    return line


def _is_group(key: str, group: Any) -> bool:
    return key not in _NO_GROUPS and isinstance(group, dict)
