"""The decision of "Try it", step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import XS, M, S
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText, SectionTitle
from ccr_desktop.desktop.widgets.picture import Picture

if TYPE_CHECKING:
    from ccr_desktop.desktop.pages.routes.told import Told, ToldStep


class DecisionView(QWidget):
    """Lines are kept and reused, so that nothing flickers while somebody types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = SectionTitle()
        self._headline.setWordWrap(True)
        self._picture = Picture("route", "accent", 20)
        self._facts = BodyText()
        self._steps: list[_Step] = []
        self._told: Told | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(M)
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._headline, 1)
        self._column.addLayout(head)
        self._column.addWidget(self._facts)
        self._column.addStretch(1)

    @property
    def told(self) -> Told | None:
        return self._told

    def show_told(self, told: Told) -> None:
        self._told = told
        self._headline.setText(told.headline)
        self._picture.set_icon(*_head_icon(told))
        self._facts.setText("\n".join(told.facts))
        while len(self._steps) < len(told.steps):
            step = _Step()
            self._steps.append(step)
            self._column.insertWidget(self._column.count() - 1, step)
        for number, widget in enumerate(self._steps):
            widget.setVisible(number < len(told.steps))
            if number < len(told.steps):
                widget.show_step(told.steps[number])
        said = [told.headline, *told.facts]
        self.setAccessibleName(put_together(said))


class _Step(QWidget):
    """One rule: whether it took the request, and why."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture("circle-minus", "off")
        self._rule = BodyText()
        self._reason = HelpText()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._rule)
        words.addWidget(self._reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(XS, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_step(self, step: ToldStep) -> None:
        is_open = _UNKNOWN if step.is_unknown else _PASSED
        self._picture.set_icon(*(_TAKES if step.matched else is_open))
        self._rule.setText(step.rule)
        self._reason.setText(step.reason)
        word = self.tr("not known") if step.is_unknown else self.tr("passed over")
        word = self.tr("takes it") if step.matched else word
        self.setAccessibleName(lists.phrases((step.rule, word, step.reason)))


def _head_icon(told: Told) -> tuple[str, str]:
    if told.is_refused:
        return "circle-alert", "attention"
    return _UNKNOWN if told.is_unknown else _TAKES


_TAKES = ("circle-check", "running")
_UNKNOWN = ("circle-question-mark", "accent")
_PASSED = ("circle-minus", "secondary")
