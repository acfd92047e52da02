"""Reading single values, with an issue for each that is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.schema import Setting

_TRUE, _FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off"}
_NUMERAL = re.compile(r"\s*-?[0-9]+\s*")
_MAX_SHOWN = 60  # characters
_LEVELS = ("fatal", "error", "warn", "info", "debug", "trace")


def read_setting(setting: Setting, values: Mapping[str, Any], issues: list[Issue]) -> Any:
    """The value of a scalar setting. Numbers and booleans may come as text, as `$VAR` gives."""
    found = values.get(setting.key)
    if found is None or found == "":
        return setting.default
    value = _convert(found, setting.kind)
    if value is None:
        names = {str: "a text", int: "a whole number", bool: "true or false"}
        problem = "found no text." if setting.is_secret else f"found {shown(found)}."
        issues.append(Issue(setting.key, problem, f"Allowed is {names[setting.kind]}."))
        return setting.default
    if setting.key == "PORT" and not 0 < value < 65536:
        issues.append(Issue("PORT", f"found {value}.", "A port from 1 to 65535 is allowed."))
    if setting.key == "LOG_LEVEL" and value not in _LEVELS:
        issues.append(Issue("LOG_LEVEL", f"found {value!r}.", f"Allowed: {', '.join(_LEVELS)}."))
    return value


def _convert(found: Any, kind: type) -> Any:
    if kind is bool:
        return found if isinstance(found, bool) else _truth(found)
    if kind is int:
        return whole_number(found)
    return found if isinstance(found, str) else None


def _truth(found: Any) -> bool | None:
    text = str(found).lower()
    return True if text in _TRUE else False if text in _FALSE else None


def whole_number(found: Any) -> int | None:
    """*found* as a whole number, also when it is a numeral; None when it is something else."""
    match found:
        case bool():
            return None
        case str() if _NUMERAL.fullmatch(found) and len(found) <= _MAX_SHOWN:
            return int(found)
        case float() if found.is_integer():
            return int(found)
        case _:
            return found if isinstance(found, int) else None


def shown(found: Any) -> str:
    """A wrong value as a problem shows it: what is in an object or a list may be secret."""
    match found:
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            text = repr(found)
            return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def texts(found: Any, where: str, issues: list[Issue]) -> tuple[str, ...]:
    """A list of texts; others in it are reported and left out."""
    if found is None:
        return ()
    if not isinstance(found, list):
        issues.append(Issue(where, f"found {shown(found)}.", "A list of texts is allowed."))
        return ()
    for index, item in enumerate(found):
        if not isinstance(item, str):
            problem = f"found {shown(item)}."
            issues.append(Issue(f"{where}[{index}]", problem, "A text is allowed."))
    return tuple(item.strip() for item in found if isinstance(item, str))


def positive_numbers(found: Any, where: str, issues: list[Issue]) -> dict[str, int]:
    """A mapping of names to whole numbers above 0."""
    if found is None:
        return {}
    if not isinstance(found, dict):
        issues.append(Issue(where, f"found {shown(found)}.", "An object of numbers is allowed."))
        return {}
    numbers = {}
    for name, value in found.items():
        number = whole_number(value)
        if number is None or number <= 0:
            hint = "A whole number above 0 is allowed."
            issues.append(Issue(f"{where}.{name}", f"found {shown(value)}.", hint))
        else:
            numbers[str(name)] = number
    return numbers
