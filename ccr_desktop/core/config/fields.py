"""Reading single values, with an issue for each that is wrong."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.config.spans import is_span
from ccr_desktop.core.secrets import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.setting import Setting

_TRUE, _FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off"}
_NUMERAL = re.compile(r"\s*-?[0-9]+\s*")
MAX_SHOWN = 60  # characters


def read_setting(
    setting: Setting,
    values: Mapping[str, Any],
    issues: list[Issue],
    environment: Mapping[str, str] | None = None,
) -> Any:
    """The value of a scalar setting. Numbers and booleans may come as text, as `$VAR` gives.

    A reference that nothing stands behind was reported already, and leaves the default; but a
    key stays the text that it is, which is safer than none.
    """
    spelling = next((name for name in setting.spellings if is_given(values.get(name))), setting.key)
    found = values.get(spelling)
    if not is_given(found):
        return (environment or {}).get(setting.variable) or setting.default
    if isinstance(found, str) and is_unresolved(found) and setting.member != "api_key":
        return setting.default
    value = _convert(found, setting.kind)
    if value is None:
        problem = "found no text." if setting.is_secret else f"found {shown(found)}."
        issues.append(Issue(spelling, problem, f"Allowed is {setting.kind.value}."))
        return setting.default
    return _allowed(setting, value, spelling, issues)


def is_given(found: Any) -> bool:
    return found is not None and found != ""


def is_unresolved(text: str) -> bool:
    """Whether *text* is a reference to a variable or a keyring, and nothing else."""
    return is_reference(text.strip()) or text.startswith(PREFIX)


def _allowed(setting: Setting, value: Any, where: str, issues: list[Issue]) -> Any:
    if isinstance(value, str):
        value = value.strip()
    if setting.choices:
        folded = str(value).lower()
        value = next((choice for choice in setting.choices if choice.lower() == folded), folded)
        if value not in setting.choices:
            hint = f"Allowed: {', '.join(setting.choices)}."
            issues.append(Issue(where, f"found {shown(value)}.", hint))
            return setting.default
    if setting.kind in {Kind.NUMBER, Kind.DECIMAL} and not _is_between(value, setting):
        hint = _between(setting.kind.value, setting.minimum, setting.maximum)
        issues.append(Issue(where, f"found {value}.", hint))
        return setting.default
    return value


def _between(kind: str, least: float | None, most: float | None) -> str:
    """Each a sentence of its own, so that the window knows it again in another language."""
    if most is None:
        return f"Allowed is {kind} from {least}."
    if least is None:
        return f"Allowed is {kind} to {most}."
    return f"Allowed is {kind} from {least} to {most}."


def _is_between(value: float, setting: Setting) -> bool:
    too_low = setting.minimum is not None and value < setting.minimum
    return not too_low and (setting.maximum is None or value <= setting.maximum)


def _convert(found: Any, kind: Kind) -> Any:
    match kind:
        case Kind.FLAG:
            return found if isinstance(found, bool) else _truth(found)
        case Kind.NUMBER:
            return whole_number(found)
        case Kind.DECIMAL:
            return _number(found)
        case Kind.OBJECT:
            return found if isinstance(found, dict) else None
        case Kind.SPAN:
            return found if isinstance(found, str) and is_span(found) else None
        case _:
            return found if isinstance(found, str) else None


def _truth(found: Any) -> bool | None:
    text = str(found).lower()
    return True if text in _TRUE else False if text in _FALSE else None


def whole_number(found: Any) -> int | None:
    """*found* as a whole number, also when it is a numeral; None when it is something else."""
    match found:
        case bool():
            return None
        case str() if _NUMERAL.fullmatch(found) and len(found) <= MAX_SHOWN:
            return int(found)
        case float() if found.is_integer():
            return int(found)
        case _:
            return found if isinstance(found, int) else None


def _number(found: Any) -> float | None:
    """*found* as a finite number, also when it is a numeral; None when it is something else."""
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def positive_number(found: Any, where: str, issues: list[Issue]) -> float | None:
    """A number above 0, also as a numeral; None when it is something else, which is reported."""
    number = _number(found)
    if number is not None and number > 0:
        return number
    issues.append(Issue(where, f"found {shown(found)}.", "A number above 0 is allowed."))
    return None


def shown(found: Any) -> str:
    """A wrong value as a problem shows it: what is in an object or a list may be secret."""
    match found:
        case dict():
            return "an object"
        case list():
            return "a list"
        case bool():
            return "true" if found else "false"
        case None:
            return "null"
        case _:
            text = repr(found)
            return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


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
