"""How a request went, as a shape, a word, and a group to filter by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.desktop.widgets.state import State

OutcomeKind = Literal["running", "answered", "backup", "stopped", "failed"]
_GONE = 499

_tr = QCoreApplication.translate


class Outcome(NamedTuple):
    kind: OutcomeKind
    state: State
    word: str
    number: int | None = None
    """The status, for those whom it tells something."""


def outcome_of(entry: Entry) -> Outcome:
    status = entry.status
    if status is None:
        return Outcome("running", "busy", _tr("Outcome", "Running"))
    if status == _GONE:
        return Outcome("stopped", "off", _tr("Outcome", "Stopped"))
    if status >= 400:
        return Outcome("failed", "attention", _failure(status), status)
    if entry.error:
        return Outcome("failed", "attention", _tr("Outcome", "Broke off"), status)
    if is_on_backup(entry):
        return Outcome("backup", "backup", _tr("Outcome", "On a backup"))
    return Outcome("answered", "running", _tr("Outcome", "Answered"))


def is_on_backup(entry: Entry) -> bool:
    """Whether another model was asked first and failed."""
    return any(attempt.route != entry.route for attempt in entry.attempts)


def _failure(status: int) -> str:
    known = {
        400: _tr("Outcome", "Refused"),
        401: _tr("Outcome", "Key not accepted"),
        402: _tr("Outcome", "Balance is empty"),
        403: _tr("Outcome", "Not allowed"),
        404: _tr("Outcome", "Not found"),
        408: _tr("Outcome", "Too slow"),
        413: _tr("Outcome", "Too long"),
        429: _tr("Outcome", "Too many requests"),
        502: _tr("Outcome", "Not reached"),
        504: _tr("Outcome", "Too slow"),
        529: _tr("Outcome", "Overloaded"),
    }
    trouble = _tr("Outcome", "Service trouble") if status >= 500 else _tr("Outcome", "Refused")
    return known.get(status, trouble)
