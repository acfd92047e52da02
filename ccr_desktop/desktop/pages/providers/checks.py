"""What keeps an entry from being saved, and what is only not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.setup.keys import needs_no_key
from ccr_desktop.desktop.pages.providers.saving import name_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.pages.providers.saving import Draft

_MAY_BE_MISSING = ("name", "api_base_url", "api_key")


def of_what_is_there(issues: Sequence[Issue], entry: JsonObject) -> list[Issue]:
    """*issues* without those about fields that are still empty."""
    return [
        issue for issue in issues if issue.where not in _MAY_BE_MISSING or entry.get(issue.where)
    ]


def missing(raw: JsonObject, draft: Draft) -> list[Issue]:
    """What must be there before a provider can be of use, in words for the form."""
    entry, found = draft.entry, []
    if words := name_problem(raw, draft):
        found.append(Issue("name", words))
    if not entry.get("api_base_url"):
        found.append(Issue("api_base_url", _tr("Give the address of the provider.")))
    if draft.before is None:
        found += _missing_in_new(draft)
    return found


def unreadable_options() -> Issue:
    return Issue("transformer", _tr("The options of a fix can't be read."))


def _missing_in_new(draft: Draft) -> list[Issue]:
    entry, found = draft.entry, []
    has_key = bool(draft.has_keys or entry.get("api_key") or entry.get("api_keys"))
    if not has_key and not needs_no_key(entry):
        words = _tr("Enter the key. A server that wants none is said to be so under Advanced.")
        found.append(Issue("api_key", words))
    if not entry.get("models"):
        words = _tr("Tick at least one model, or type its name.")
        found.append(Issue("models", words))
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("Providers", text)
