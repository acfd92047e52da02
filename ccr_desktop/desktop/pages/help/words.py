"""What checks say, in the language of the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.doctor.check import Side, Verdict

if TYPE_CHECKING:
    from ccr_desktop.doctor.words import Words


_COMMAND = re.compile(r"`([^`]+)`")


def shown(words: Words) -> str:
    """Commands stand in quotes here, not in the marks of a terminal."""
    text = words.changed(in_words).shown(lambda text: QCoreApplication.translate("Doctor", text))
    return _COMMAND.sub("“\\1”", text)


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
    return ", ".join(parts) or _tr("All is well")


def _tr(text: str) -> str:
    return QCoreApplication.translate("HelpPage", text)
