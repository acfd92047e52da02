"""A result that is not well: a shape, what was looked at, what was found, and buttons that help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
from ccr_desktop.desktop.widgets.picture import Picture
from ccr_desktop.doctor.check import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.doctor.check import Result

_SIDE = 20
_MOST_DETAILS = 6
_LOOKS = {
    Verdict.WARNING: ("triangle-alert", "backup"),
    Verdict.PROBLEM: ("circle-x", "attention"),
}
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
        self.setAccessibleName(". ".join((f"{title}: {said}", *texts)))
        self.setToolTip(said)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(BodyText(title))
        text = HelpText("\n".join(texts))
        text.setTextInteractionFlags(_SELECTABLE)
        words.addWidget(text)
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
            show.setAccessibleName(f"{words}: {title}")
            show.clicked.connect(self._show)
            row.addWidget(show, 0, _TOP)
        if finding.repair is not None:
            label = shown(finding.repair.label)
            mend = PlainButton(label)
            mend.setObjectName("repair")
            mend.setAccessibleName(f"{label}: {title}")
            mend.clicked.connect(lambda: self.repair_wanted.emit(self.result.check.key))
            row.addWidget(mend, 0, _TOP)

    def _show(self) -> None:
        finding = self.result.finding
        if finding.place:
            self.file_wanted.emit(finding.place)
        else:
            self.page_wanted.emit(finding.page)


def _texts(result: Result) -> Iterator[str]:
    finding = result.finding
    yield shown(finding.text)
    remedy = put_together((remedy_words(finding), _sentence(side_words(finding.side))))
    if remedy:
        yield remedy
    if finding.further:
        more = len(finding.further) - _MOST_DETAILS
        rest = [_tr("and {count} more").format(count=more)] if more > 0 else []
        yield "\n".join([*map(fact_words, finding.further[:_MOST_DETAILS]), *rest])


def _sentence(text: str) -> str:
    return f"{text}." if text else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("HelpPage", text)


_TOP = Qt.AlignmentFlag.AlignTop
