"""What is wrong in the text of the settings: a mark in it, and a row below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.core_words import in_words, problem_words
from ccr_desktop.desktop.widgets.code_editor import Level, Mark
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from ccr_desktop.core.config.findings import Finding


def mark_of(finding: Finding) -> Mark:
    words = in_words(str(finding.issue))
    level: Level = "attention" if finding.issue.severity == "error" else "backup"
    return Mark(finding.start, finding.end, finding.line, level, words)


def row_of(number: int, finding: Finding) -> Row:
    issue = finding.issue
    is_error = issue.severity == "error"
    line = _tr("Line {line}").format(line=finding.line)
    place = f"{line} · {issue.where}" if issue.where else line
    return Row(
        key=str(number),
        title=problem_words(issue.problem),
        subtitle=f"{place} · {in_words(issue.hint)}" if issue.hint else place,
        state="attention" if is_error else "backup",
        state_word=_tr("Error") if is_error else _tr("Warning"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsText", text)
