"""`$NAME` and `${NAME}` in string values, as claude-code-router reads them.

A variable that is unset or empty leaves its reference as it stands, and is reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFERENCE = re.compile(r"\$\{([^}]+)\}|\$([A-Z_][A-Z0-9_]*)")


def interpolate(
    value: Any, environment: Mapping[str, str], issues: list[Issue], where: str = ""
) -> Any:
    """A copy of *value* with references replaced at any depth; keys stay as they are."""
    match value:
        case str():
            return _text(value, environment, issues, where)
        case list():
            return [
                interpolate(item, environment, issues, f"{where}[{index}]")
                for index, item in enumerate(value)
            ]
        case dict():
            return {
                key: interpolate(item, environment, issues, f"{where}.{key}" if where else key)
                for key, item in value.items()
            }
        case _:
            return value


def is_reference(text: str) -> bool:
    """Whether *text* is nothing but a reference that could not be replaced."""
    return _REFERENCE.fullmatch(text) is not None


def _text(text: str, environment: Mapping[str, str], issues: list[Issue], where: str) -> str:
    def replacement(match: re.Match[str]) -> str:
        name = match.group(1) or match.group(2)
        if value := environment.get(name):
            return value
        problem = f"the environment variable {name} is not set."
        issues.append(Issue(where, problem, f"Set {name}, or write the value.", "warning"))
        return match.group()

    return _REFERENCE.sub(replacement, text)
