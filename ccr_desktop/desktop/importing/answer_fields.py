"""Fields for the questions of a preset, each with its kind's way to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XS
from ccr_desktop.desktop.widgets.bounded_text import BoundedText
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.secret_field import SecretField
from ccr_desktop.desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.presets.manifest import Input, Option

_EDITOR_HEIGHT = 96


class Changed(QObject):
    """Tells that an answer is another."""

    told = Signal()


class AnswerField(Protocol):
    """`widget` is what is shown; `value` is None where nothing was answered."""

    widget: QWidget

    def value(self) -> Any: ...

    def offer(self, options: Sequence[Option]) -> None:
        """Show other choices, since an earlier answer changed."""


def field_for(entry: Input, options: Sequence[Option], changed: Changed) -> AnswerField:
    match entry.kind:
        case "password":
            return SecretAnswer(entry, changed)
        case "confirm":
            return YesAnswer(entry, changed)
        case "editor":
            return LongAnswer(entry, changed)
        case "select":
            return ChoiceAnswer(entry, options, changed)
        case "multiselect" if options:
            return TicksAnswer(entry, options, changed)
        case _:
            return TextAnswer(entry, changed)


class SecretAnswer:
    def __init__(self, entry: Input, changed: Changed) -> None:
        self._field = SecretField()
        self._field.set_placeholder(entry.placeholder)
        self._field.changed.connect(changed.told)
        self.widget: QWidget = self._field

    def value(self) -> str | None:
        return self._field.text().strip() or None

    def offer(self, options: Sequence[Option]) -> None:
        return


class TextAnswer:
    """Also for numbers and lists, which are read when they are complete."""

    def __init__(self, entry: Input, changed: Changed) -> None:
        self._field = QLineEdit(_default(entry))
        self._field.setPlaceholderText(entry.placeholder)
        self._field.textChanged.connect(changed.told)
        self.widget: QWidget = self._field

    def value(self) -> str | None:
        return self._field.text().strip() or None

    def offer(self, options: Sequence[Option]) -> None:
        return


class LongAnswer:
    def __init__(self, entry: Input, changed: Changed) -> None:
        self._field = BoundedText(_default(entry))
        self._field.setPlaceholderText(entry.placeholder)
        self._field.setTabChangesFocus(True)
        self._field.setFixedHeight(_EDITOR_HEIGHT)
        self._field.textChanged.connect(changed.told)
        self.widget: QWidget = self._field

    def value(self) -> str | None:
        return self._field.toPlainText() or None

    def offer(self, options: Sequence[Option]) -> None:
        return


class YesAnswer:
    def __init__(self, entry: Input, changed: Changed) -> None:
        self._field = Switch(name=entry.title)
        self._field.setChecked(entry.default is True)
        self._field.toggled.connect(changed.told)
        self.widget: QWidget = self._field

    def value(self) -> bool:
        return self._field.isChecked()

    def offer(self, options: Sequence[Option]) -> None:
        return


class ChoiceAnswer:
    """A list to choose from; where there is none, anything can be typed."""

    def __init__(self, entry: Input, options: Sequence[Option], changed: Changed) -> None:
        self._values: list[Any] = []
        self._field = ChoiceBox(name=entry.title)
        self._default = entry.default
        self.widget: QWidget = self._field
        self.offer(options)
        self._field.currentIndexChanged.connect(changed.told)
        self._field.editTextChanged.connect(changed.told)

    def value(self) -> Any:
        if not self._values:
            return self._field.currentText().strip() or None
        index = self._field.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def offer(self, options: Sequence[Option]) -> None:
        values = [option.value for option in options]
        if values == self._values and self._field.count():
            return
        before = self.value() if self._values else self._default
        self._values = values
        self._field.setEditable(not options)
        blocked = self._field.blockSignals(True)
        labels = [option.label or str(option.value) for option in options]
        self._field.set_choices([(str(place), label) for place, label in enumerate(labels)])
        if before in values:
            self._field.setCurrentIndex(values.index(before))
        self._field.blockSignals(blocked)


class TicksAnswer:
    def __init__(self, entry: Input, options: Sequence[Option], changed: Changed) -> None:
        self.widget = QWidget()
        self._changed = changed
        self._default = entry.default if isinstance(entry.default, list) else []
        self._boxes: list[tuple[Any, QCheckBox]] = []
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(XS)
        self.offer(options)

    def value(self) -> list[Any] | None:
        return [value for value, box in self._boxes if box.isChecked()] or None

    def offer(self, options: Sequence[Option]) -> None:
        if [value for value, _ in self._boxes] == [option.value for option in options]:
            return
        ticked = self.value() if self._boxes else self._default
        for _, box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes = []
        for option in options:  # the focus of the whole goes to the first
            box = QCheckBox((option.label or str(option.value)).replace("&", "&&"))
            box.setChecked(option.value in (ticked or []))
            box.toggled.connect(self._changed.told)
            self._column.addWidget(box)
            self._boxes.append((option.value, box))
        if self._boxes:
            self.widget.setFocusProxy(self._boxes[0][1])


def _default(entry: Input) -> str:
    if entry.default is None:
        return ""
    if isinstance(entry.default, list):
        return ", ".join(map(str, entry.default))
    return str(entry.default)
