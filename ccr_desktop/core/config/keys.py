"""A provider's key or keys: where they come from, and what is certainly none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.addresses import is_this_machine
from ccr_desktop.core.config.fields import positive_number, shown, whole_number
from ccr_desktop.core.config.interpolation import AWAITED, is_reference
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import PoolKey
from ccr_desktop.core.config.spelling import note_unknown_keys
from ccr_desktop.core.secrets import PREFIX

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_PLACEHOLDER = re.compile(
    r"""
      (?:sk-(?:\w+-)*)?(?:x{3,}|\*{3,}|\.{2,}|…+)(?:-?x+)*
    | .*your.*key.* | sk-your.*
    | <.*> | \[.*\]
    | change[-_ ]?me | (?:replace|insert|enter|put)[-_ ].*
    | (?:my[-_ ]?)?(?:api|secret)[-_ ]?key(?:[-_ ]here)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HINT = 'Write the key of your account, "$VARIABLE", or "keyring:NAME".'
OF_POOL_KEYS = ("key", "weight", "limit_per_minute")
"""The members of an entry of `api_keys`."""


@dataclass(frozen=True, slots=True)
class Keys:
    """`problem` says why requests can't be sent although there should be a key."""

    first: str = field(default="", repr=False)
    pool: tuple[PoolKey, ...] = field(default=(), repr=False)
    problem: str = ""
    is_awaited: bool = False
    """The store may still give it."""


def read_keys(
    entry: JsonObject, url: str, where: str, issues: list[Issue], *, is_needed: bool = True
) -> Keys:
    """The key `api_key` and the pool `api_keys`, of which the first may be the other's."""
    needs_none = _needs_none(entry, where, issues) or is_this_machine(url) or not is_needed
    before = len(issues)
    single = _text(entry.get("api_key"), f"{where}.api_key", issues)
    pool = _pool(entry.get("api_keys"), f"{where}.api_keys", issues)
    usable, problem = _usable(single, f"{where}.api_key", issues, is_local=needs_none)
    if pool and usable:
        pool = (PoolKey(usable), *(item for item in pool if item.key != usable))
    first = usable or (pool[0].key if pool else "")
    if first or (needs_none and not single.startswith(PREFIX)):
        return Keys(first, pool)
    has_key = bool(single or entry.get("api_keys")) or len(issues) > before
    if not has_key and not url.startswith("demo:"):
        hint = 'Set api_key, or "auth": "none" when the server wants no key.'
        issues.append(Issue(f"{where}.api_key", "there is no key.", hint, "warning"))
    is_awaited = any(issue.follows == AWAITED for issue in issues if issue.where.startswith(where))
    return Keys(problem=problem, is_awaited=is_awaited)


def _needs_none(entry: JsonObject, where: str, issues: list[Issue]) -> bool:
    found = entry.get("auth")
    if found is None or found == "":
        return False
    if isinstance(found, str) and found.strip().lower() == "none":
        return True
    hint = 'Allowed is "none", for a server that wants no key.'
    issues.append(Issue(f"{where}.auth", f"found {shown(found)}.", hint, "warning"))
    return False


def _text(found: Any, where: str, issues: list[Issue]) -> str:
    if found is not None and not isinstance(found, str):
        issues.append(Issue(where, "found no text.", "A text is allowed."))
        return ""
    return (found or "").strip()


def _usable(text: str, where: str, issues: list[Issue], *, is_local: bool) -> tuple[str, str]:
    """The key, and why it is not one. A reference that is left was reported when it was read."""
    if text.startswith(PREFIX) or is_reference(text):
        told = (str(issue) for issue in issues if issue.where == where)
        return "", next(told, f"{where}: nothing stands behind this reference.")
    has_odd = not text.isprintable() or not (is_local or text.isascii())
    if not text or (is_local and not has_odd):
        return text, ""
    if has_odd:
        problem = "the key holds a line end or a character that no key has."
        issues.append(Issue(where, problem, _HINT, "warning"))
        return "", f"{where}: {problem}"
    if problem := _doubt(text):
        issues.append(Issue(where, problem, _HINT, "warning"))
    return text, ""


def _doubt(text: str) -> str:
    """What makes *text* look as if it were no key."""
    if text.startswith(("http://", "https://")):
        return "this is an address and no key."
    if _PLACEHOLDER.fullmatch(text):
        return "this is a placeholder and no key."
    if text.lower().startswith("bearer "):
        return "the key begins with the word Bearer, which is added when it is sent."
    return "the key holds a space." if " " in text else ""


def _pool(found: Any, where: str, issues: list[Issue]) -> tuple[PoolKey, ...]:
    if found is None:
        return ()
    if not isinstance(found, list):
        hint = "A list of keys is allowed."
        issues.append(Issue(where, f"found {_kind(found)}.", hint))
        return ()
    keys = []
    for index, item in enumerate(found):
        if key := _pool_key(item, f"{where}[{index}]", issues):
            keys.append(replace(key, number=index + 1))
    return tuple(keys)


def _pool_key(item: Any, where: str, issues: list[Issue]) -> PoolKey | None:
    if isinstance(item, str) and not item.strip():
        issues.append(Issue(where, "this key is empty.", _HINT, "warning"))
        return None
    if isinstance(item, str):
        key, _ = _usable(item.strip(), where, issues, is_local=False)
        return PoolKey(key) if key else None
    if not isinstance(item, dict):
        hint = 'A key or {"key": …, "weight": …, "limit_per_minute": …} is allowed.'
        issues.append(Issue(where, f"found {_kind(item)}.", hint))
        return None
    note_unknown_keys(item, OF_POOL_KEYS, where, issues)
    key, _ = _usable(
        _text(item.get("key"), f"{where}.key", issues), f"{where}.key", issues, is_local=False
    )
    if not item.get("key"):
        issues.append(Issue(f"{where}.key", "is missing.", _HINT))
    weight = positive_number(item.get("weight", 1), f"{where}.weight", issues)
    limit = _limit(item.get("limit_per_minute"), f"{where}.limit_per_minute", issues)
    return PoolKey(key, weight or 1.0, limit) if key else None


def _limit(found: Any, where: str, issues: list[Issue]) -> int | None:
    number = whole_number(found)
    if found is None or (number is not None and number > 0):
        return number
    issues.append(Issue(where, f"found {shown(found)}.", "A whole number above 0 is allowed."))
    return None


def _kind(found: Any) -> str:
    """A wrong value in the place of keys is never shown."""
    return shown(found) if isinstance(found, dict | list | None) else "no list and no object"
