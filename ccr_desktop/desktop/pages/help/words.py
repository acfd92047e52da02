"""What checks say, in the language of the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.widgets.one_piece import in_one_piece
from ccr_desktop.doctor.check import Side, Verdict

if TYPE_CHECKING:
    from ccr_desktop.doctor.check import Finding
    from ccr_desktop.doctor.words import Words


_COMMAND = re.compile(r"`([^`]+)`")
_PLACES = {
    "the PATH": QT_TRANSLATE_NOOP("HelpPage", "the PATH"),
    "the login shell": QT_TRANSLATE_NOOP("HelpPage", "the login shell"),
    "npm (no answer)": QT_TRANSLATE_NOOP("HelpPage", "npm (no answer)"),
}
"""Where programs are looked for, apart from folders."""


def fact_words(text: str) -> str:
    """What the core found."""
    listed = text.split(", ")
    if not _PLACES.keys().isdisjoint(listed):
        return lists.names(
            in_one_piece(_tr(str(_PLACES[each])) if each in _PLACES else each) for each in listed
        )
    return in_words(text)


def shown(words: Words) -> str:
    """Commands stand in quotes here, not in the marks of a terminal."""
    text = words.changed(fact_words).shown(_translated, lists.names)
    return _COMMAND.sub("“\\1”", text)


def _translated(text: str) -> str:
    return QCoreApplication.translate("Doctor", text)


def remedy_words(finding: Finding) -> str:
    """What to do here, which is not what somebody does at a command line."""
    return shown(finding.in_window if finding.in_window.text else finding.remedy)


def side_words(side: Side) -> str:
    match side:
        case Side.NOBODY:
            return ""
        case Side.ROUTER:
            return _tr("Cause: the router")
        case Side.SETTINGS:
            return _tr("Cause: your settings")
        case Side.CLAUDE:
            return _tr("Cause: Claude Code")
        case Side.COMPUTER:
            return _tr("Cause: this computer")
        case Side.NETWORK:
            return _tr("Cause: the network")
        case Side.PROVIDER:
            return _tr("Cause: the provider")


def verdict_words(verdict: Verdict) -> str:
    match verdict:
        case Verdict.OK:
            return _tr("Fine")
        case Verdict.WARNING:
            return _tr("Warning")
        case Verdict.PROBLEM:
            return _tr("Problem")
        case Verdict.UNCHECKED:
            return _tr("Not checked")


def summary(problems: int, warnings: int) -> str:
    """How it went, in a few words."""
    parts = []
    if problems:
        parts.append(_tr("1 problem") if problems == 1 else _tr("{n} problems").format(n=problems))
    if warnings:
        parts.append(_tr("1 warning") if warnings == 1 else _tr("{n} warnings").format(n=warnings))
    return lists.phrases(parts) or _tr("All is well")


def _tr(text: str) -> str:
    return QCoreApplication.translate("HelpPage", text)
