"""Reading what own rules do beside choosing and forbidding: they change requests, or are off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.transformers import read_chains

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import ChainLink
    from ccr_desktop.core.protocol.json import JsonObject

NOT_CHANGED = {
    "model": "`route` says which model answers.",
    "messages": "What is said is not changed by rules.",
    "stream": "The client says how it wants its answer.",
}
"""The members of a request that `set` leaves alone, each with the reason."""


def is_switched_on(found: Any, where: str, issues: list[Issue]) -> bool:
    """Whether a rule counts; one whose switch can't be read does."""
    if found is None or isinstance(found, bool):
        return found is not False
    issues.append(Issue(where, f"found {shown(found)}.", "Allowed is true or false."))
    return True


def read_changes(found: Any, where: str, issues: list[Issue]) -> JsonObject:
    """The members that `set` changes, those that it may."""
    if found is None:
        return {}
    if not isinstance(found, dict):
        hint = 'Write {"max_tokens": 8000}: names of members and their values.'
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return {}
    changes = {}
    for path, value in found.items():
        names = path.split(".")
        if note_no_path(path, f"{where}.{path}", issues):
            continue
        if reason := NOT_CHANGED.get(names[0]):
            issues.append(Issue(f"{where}.{path}", f"{shown(names[0])} can't be set.", reason))
        else:
            changes[path] = value
    return changes


def note_no_path(path: str, where: str, issues: list[Issue]) -> bool:
    """Whether *path* can lead to no member of a request, which is told."""
    if all(name.strip() for name in path.split(".")):
        return False
    hint = "Write the names of the members with dots between them."
    issues.append(Issue(where, f"{shown(path)} is no path.", hint))
    return True


def read_uses(
    found: Any, where: str, issues: list[Issue], *, has_plugins: bool
) -> tuple[ChainLink, ...]:
    """The transformers of a rule, but for those that say how a provider is to be reached."""
    if found is None:
        return ()
    chain = read_chains({"use": found}, where, issues, has_plugins=has_plugins).own
    return tuple(link for link in chain if _is_for_requests(link, issues))


def _is_for_requests(link: ChainLink, issues: list[Issue]) -> bool:
    known = KNOWN_TRANSFORMERS.get(link.name)
    if known is None or not (known.dialect or known.address or known.brings_key):
        return True
    problem = f"{shown(link.name)} says how a provider is reached, which no rule can change."
    issues.append(Issue(link.where, problem, "Give it to the provider, as its `transformer`."))
    return False
