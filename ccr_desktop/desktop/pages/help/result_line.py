"""A result that is not well: a shape, what was looked at, what was found, and buttons that help."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.pages.help.words import (
    fact_words,
    remedy_words,
    shown,
    side_words,
    verdict_words,
)
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton, QuietButton
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.one_piece import as_written
from ccr_desktop.desktop.widgets.picture import Picture
from ccr_desktop.desktop.widgets.tick_row import breakable
from ccr_desktop.doctor.check import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccr_desktop.doctor.check import Result

_SIDE = 20
_MOST_DETAILS = 6
_LOOKS = {
    Verdict.WARNING: ("triangle-alert", "backup"),
    Verdict.PROBLEM: ("circle-x", "attention"),
}
_UNBROKEN = re.compile(r"[^\s/-]{41,}")  # such a word may be wider than the page
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class ResultLine(QWidget):
    """Signals: `repair_wanted(key)`, `page_wanted(page)` and `file_wanted(path)`."""

    repair_wanted = Signal(str)
    page_wanted = Signal(str)
    file_wanted = Signal(str)

    def __init__(self, result: Result, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = result
        self.setObjectName(f"result-{result.check.key}")
        title = shown(result.check.title)
        texts = [*_texts(result)]
        said = verdict_words(result.finding.verdict)
        heard = (lists.phrases((title, said)), *map(as_written, texts))
        self.setAccessibleName(lists.sentences(heard))
        self.setToolTip(said)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(BodyText(title))
        for label in _labels(texts):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(Picture(*_LOOKS[result.finding.verdict], _SIDE), 0, _TOP)
        row.addLayout(words, 1)
        row.addSpacing(S)
        self._add_buttons(row, title)

    def remove(self) -> None:
        self.hide()
        self.deleteLater()

    def _add_buttons(self, row: QHBoxLayout, title: str) -> None:
        finding = self.result.finding
        if finding.page or finding.place:
            words = _tr("Open the file") if finding.place else _tr("Show")
            show = (QuietButton if finding.repair else PlainButton)(words)
            show.setObjectName("show")
            show.setAccessibleName(lists.phrases((words, title)))
            show.clicked.connect(self._show)
            row.addWidget(show, 0, _TOP)
        if finding.repair is not None:
            label = shown(finding.repair.label)
            mend = PlainButton(label)
            mend.setObjectName("repair")
            mend.setAccessibleName(lists.phrases((label, title)))
            mend.clicked.connect(lambda: self.repair_wanted.emit(self.result.check.key))
            row.addWidget(mend, 0, _TOP)

    def _show(self) -> None:
        finding = self.result.finding
        if finding.place:
            self.file_wanted.emit(finding.place)
        else:
            self.page_wanted.emit(finding.page)


def _labels(texts: Iterable[str]) -> Iterator[HelpText]:
    """What follows each other can be copied in one go, but for what lines are told to end in."""
    for is_plain, group in groupby(texts, _is_plain):
        label = HelpText(
            "\n".join(breakable(each) if _UNBROKEN.search(each) else each for each in group)
        )
        if is_plain:
            label.setTextInteractionFlags(_SELECTABLE)
        yield label


def _is_plain(text: str) -> bool:
    return text == as_written(text) and not _UNBROKEN.search(text)


def _texts(result: Result) -> Iterator[str]:
    finding = result.finding
    yield shown(finding.text)
    remedy = put_together((remedy_words(finding), _sentence(side_words(finding.side))))
    if remedy:
        yield remedy
    if finding.further:
        more = len(finding.further) - _MOST_DETAILS
        yield from map(fact_words, finding.further[:_MOST_DETAILS])
        if more > 0:
            yield _tr("and {count} more").format(count=more)


def _sentence(text: str) -> str:
    return f"{text}." if text else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("HelpPage", text)


_TOP = Qt.AlignmentFlag.AlignTop
