"""References in string values: `$NAME` and `${NAME}` to variables, `keyring:NAME` to a stored key.

One that nothing stands behind is left as it is, and reported.
"""

from __future__ import annotations

import dataclasses
import re
import shlex
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.stand_ins import Noted
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.errors import KeyAwaited, SecretError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccr_desktop.core.config.stand_ins import KeySource

_REFERENCE = re.compile(r"\$\{([^}]+)\}|\$([A-Z_][A-Z0-9_]*)")
_FAILED = ""  # no key has this name
AWAITED = "the password store"
"""What problems of keys follow that will go by themselves."""


def interpolate(
    value: Any, environment: Mapping[str, str], issues: list[Issue], where: str = ""
) -> Any:
    """A copy of *value* with references to variables replaced at any depth, but not in keys."""
    return _replaced(value, where, lambda text, at: _text(text, environment, issues, at))


def look_up(value: Any, secrets: KeySource, issues: list[Issue]) -> Any:
    """A copy of *value* in which `keyring:NAME` is what *secrets* hold for that name.

    Each name is asked for once; after they have failed they are not asked again. What can't be had
    for now stays what it was, if they know that.
    """
    known: dict[str, str | Issue] = {}

    def replacement(text: str, where: str) -> str:
        if not text.startswith(PREFIX):
            return text
        name = text.removeprefix(PREFIX).strip()
        if name not in known:
            known[name] = _secret(name, secrets, known)
        found = known[name]
        if isinstance(found, Issue):
            issues.append(dataclasses.replace(found, where=where))
            return text
        return found

    return _replaced(value, "", replacement)


def _secret(name: str, secrets: KeySource, known: dict[str, str | Issue]) -> str | Issue:
    if _FAILED in known:
        return _kept(name, secrets) or known[_FAILED]
    try:
        secret = secrets.get(name)
    except KeyAwaited as exc:  # which takes no time
        issue = Issue("", f"{exc.title}.", exc.message, "warning", follows=AWAITED)
        return _kept(name, secrets) or issue
    except SecretError as exc:
        known[_FAILED] = Issue("", f"{exc.title}.", exc.message, "warning")
        return _kept(name, secrets) or known[_FAILED]
    if secret:
        return secret
    hint = f"Run `ccr keys set {shlex.quote(name)}`."
    return Issue("", f"{secrets.describe()} holds no key {name!r}.", hint, "warning")


def _kept(name: str, secrets: KeySource) -> str | None:
    return secrets.kept(name) if isinstance(secrets, Noted) else None


def _replaced(value: Any, where: str, replacement: Callable[[str, str], str]) -> Any:
    match value:
        case str():
            return replacement(value, where)
        case list():
            return [
                _replaced(item, f"{where}[{index}]", replacement)
                for index, item in enumerate(value)
            ]
        case dict():
            return {
                key: _replaced(item, f"{where}.{key}" if where else key, replacement)
                for key, item in value.items()
            }
        case _:
            return value


def stands_for_another(text: str) -> bool:
    """Whether anything in *text* is replaced when it is read."""
    return text.strip().startswith(PREFIX) or _REFERENCE.search(text) is not None


def is_reference(text: str) -> bool:
    """Whether *text* is nothing but a reference that could not be replaced."""
    return _REFERENCE.fullmatch(text) is not None


def refers_to_others(text: str) -> bool:
    """Whether there is a reference in *text*, alone or among other words."""
    return _REFERENCE.search(text) is not None


def _text(text: str, environment: Mapping[str, str], issues: list[Issue], where: str) -> str:
    def replacement(match: re.Match[str]) -> str:
        name = match.group(1) or match.group(2)
        if value := environment.get(name):
            return value
        problem = f"the environment variable {name} is not set."
        issues.append(Issue(where, problem, f"Set {name}, or write the value.", "warning"))
        return match.group()

    return _REFERENCE.sub(replacement, text)
