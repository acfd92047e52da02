"""The fields of a rule's parts. Each shows a value of the file and gives back what stands there."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QTime, Signal, SignalInstance
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.desktop.pages.routes.rules.values import (
    TwiceError,
    json_text,
    lines_of,
    pairs_of,
    pairs_text,
    span_of,
    texts_of,
)
from ccr_desktop.desktop.tokens import L, S
from ccr_desktop.desktop.widgets.bounded_text import BoundedText
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox, label_for_readers
from ccr_desktop.desktop.widgets.labels import SecondaryText
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.time_field import TIME_FORMAT, TimeField

_MOST_LINES = 6
_MOST_TOKENS = 10_000_000
_BOX_WIDE = 240


class ValueField(Protocol):
    """`value` raises `ValueError` with words where what stands there is no value at all."""

    changed: SignalInstance

    def show_value(self, value: Any) -> None: ...
    def value(self) -> Any: ...


class LinesEdit(BoundedText):
    """As high as its lines; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = min(_MOST_LINES, max(1, self.document().blockCount()))
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * lines + L + S)


class _Lines(QWidget):
    """A text of lines, with what a subclass makes of it."""

    changed = Signal()

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = LinesEdit()
        self.edit.setPlaceholderText(example)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(S)
        self.row.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)


class TextsField(_Lines):
    """Alternatives, one a line."""

    def show_value(self, value: Any) -> None:
        self.edit.setPlainText(lines_of(value))

    def value(self) -> Any:
        return texts_of(self.edit.toPlainText())


class FolderField(TextsField):
    """Folders, one a line; `folder_wanted` asks for one to be picked."""

    folder_wanted = Signal()

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(example, parent)
        self.button = QuietButton(self.tr("Choose…"), "folder-open")
        self.button.setAccessibleName(self.tr("Choose a folder"))
        self.row.addWidget(self.button)
        self.button.clicked.connect(self.folder_wanted)

    def add_folder(self, folder: str) -> None:
        before = self.edit.toPlainText().rstrip()
        self.edit.setPlainText(f"{before}\n{folder}" if before else folder)


class PairsField(_Lines):
    """`name = value`, one a line."""

    def show_value(self, value: Any) -> None:
        self.edit.setPlainText(pairs_text(value))

    def value(self) -> Any:
        try:
            return pairs_of(self.edit.toPlainText())
        except TwiceError as exc:
            text = self.tr("“{name}” is there twice, with different values. Keep one of them.")
            raise ValueError(text.format(name=exc)) from exc
        except ValueError as exc:
            text = self.tr("“{line}” has no value. Write: name = value")
            raise ValueError(text.format(line=exc)) from exc


class JsonField(_Lines):
    """Anything, as the file writes it."""

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(example, parent)
        self.edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))

    def show_value(self, value: Any) -> None:
        self.edit.setPlainText(json_text(value))

    def value(self) -> Any:
        try:
            return loads_lenient(self.edit.toPlainText())
        except JSONDecodeError as exc:
            text = self.tr("This can't be read: {problem} in line {line}.")
            raise ValueError(text.format(problem=exc.msg, line=exc.lineno)) from exc


class TokensField(QWidget):
    """A number of tokens."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = NumberField(1, _MOST_TOKENS, suffix=self.tr(" tokens"))
        self.number.setSingleStep(1000)
        self.number.setGroupSeparatorShown(True)
        self.setFocusProxy(self.number)
        _one_row(self, self.number)
        self.number.valueChanged.connect(lambda _: self.changed.emit())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.number.setAccessibleName(name)

    def show_value(self, value: Any) -> None:
        self.number.show_number(int(value))

    def value(self) -> Any:
        return self.number.value()


class FlagField(QWidget):
    """One of two, in words."""

    changed = Signal()

    def __init__(self, name: str, yes: str, no: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ChoiceBox(name)
        self.box.set_choices([("yes", yes), ("no", no)])
        self.box.setMinimumWidth(_BOX_WIDE)
        self.setFocusProxy(self.box)
        _one_row(self, self.box)
        label_for_readers(self.box)
        self.box.picked.connect(lambda _: self.changed.emit())

    def show_value(self, value: Any) -> None:
        self.box.set_current("yes" if value else "no")

    def value(self) -> Any:
        return self.box.current() == "yes"


class SpanField(QWidget):
    """From one time of the day to another, over midnight if need be."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begin, self.end = TimeField(), TimeField()
        for edit, name in ((self.begin, self.tr("From")), (self.end, self.tr("To"))):
            edit.setAccessibleName(name)
            edit.timeChanged.connect(lambda _: self.changed.emit())
        self.setFocusProxy(self.begin)
        _one_row(self, self.begin, SecondaryText(self.tr("to")), self.end)

    def show_value(self, value: Any) -> None:
        found = span_of(value)
        if found is not None:
            self.begin.setTime(QTime(*found[:2]))
            self.end.setTime(QTime(*found[2:]))

    def value(self) -> Any:
        return "-".join(edit.time().toString(TIME_FORMAT) for edit in (self.begin, self.end))


class LineField(QWidget):
    """One line of text."""

    changed = Signal()

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(example)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(lambda _: self.changed.emit())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def show_value(self, value: Any) -> None:
        self.edit.setText(value)

    def value(self) -> Any:
        return self.edit.text().strip()


def _one_row(whole: QWidget, *parts: QWidget) -> None:
    """*parts* beside each other, as wide as they need."""
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(S)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
