"""Fields for the options of a compatibility fix, made from their declarations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.desktop.core_words import help_words
from ccr_desktop.desktop.form_words import show_beside
from ccr_desktop.desktop.pages.providers.section import number_or_text, text_of
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.bounded_text import BoundedText
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.known_transformers import KnownTransformer
    from ccr_desktop.core.config.setting import Setting
    from ccr_desktop.core.protocol.json import JsonObject

_NUMBERS = {Kind.NUMBER, Kind.DECIMAL, Kind.AMOUNT}
_JSON_LINES = 4

Entered = dict[str, str | bool]
"""What is in the fields, by their options; that with the JSON has no name."""


class FixOptions(QWidget):
    """Typed fields for what is declared; JSON where a fix passes everything on."""

    changed = Signal()

    def __init__(
        self, known: KnownTransformer | None, options: JsonObject, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._options = dict(options)
        self._fields: dict[str, QLineEdit | Switch] = {}
        self._rows: dict[str, FormRow] = {}
        self._json: BoundedText | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(M)
        self._grid.setVerticalSpacing(M)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)
        for option in known.options if known else ():
            self._add(option)
        if known is None or known.takes_any:
            self._add_json(known)

    @property
    def is_empty(self) -> bool:
        return not self._fields and self._json is None

    def options(self) -> JsonObject:
        """What is in the fields now, and what the file has beyond them."""
        if self._json is not None:
            found = self._parsed()
            return self._options if found is None else found
        result = dict(self._options)
        for key, widget in self._fields.items():
            _put(result, key, widget)
        return result

    def entered(self) -> Entered:
        """The fields as they are, whether or not that can be read."""
        found: Entered = {}
        for key, field in self._fields.items():
            found[key] = field.isChecked() if isinstance(field, Switch) else field.text()
        return found if self._json is None else found | {"": self._json.toPlainText()}

    def enter(self, entered: Entered) -> None:
        for key, value in entered.items():
            field = self._fields.get(key)
            if isinstance(field, Switch):
                field.setChecked(value is True)
            elif field is not None:
                field.setText(str(value))
            elif self._json is not None and not key:
                self._json.setPlainText(str(value))

    def is_complete(self) -> bool:
        """Whether all can be read; says so beside the field where not."""
        if self._json is None:
            return True
        problem = self._problem()
        self._rows[""].show_error(problem)
        return not problem

    def show_issue(self, option: str, issue: Issue) -> bool:
        """Mark the field of an option, also one that is missing; False when there is none."""
        row = self._rows.get(option or issue.problem.removesuffix(" is missing."))
        if row is not None:
            show_beside(row, [issue])
        return row is not None

    def clear_errors(self) -> None:
        for key, row in self._rows.items():
            if key:
                row.clear_error()

    def _add(self, option: Setting) -> None:
        value = self._options.get(option.key)
        field: QLineEdit | Switch
        if option.kind is Kind.FLAG:
            field = Switch(option.key)
            is_on = value if isinstance(value, bool) else option.default
            field.setChecked(bool(is_on))
            field.setProperty("shown", bool(is_on))
            field.toggled.connect(lambda _on: self.changed.emit())
        else:
            field = QLineEdit(text_of(value))
            field.setProperty("isNumber", option.kind in _NUMBERS)
            field.setPlaceholderText(text_of(option.default) or self._example(option))
            if option.is_secret and not field.text().startswith(("$", "keyring:")):
                field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(lambda _text: self.changed.emit())
        field.setObjectName(f"option-{option.key}")
        unit = f" ({option.unit})" if option.unit else ""
        row = FormRow(f"{option.key}{unit}", field, help_words(option.help))
        row.label.setVisible(option.kind is not Kind.FLAG)
        self._fields[option.key], self._rows[option.key] = field, row
        number = len(self._fields) - 1
        self._grid.addWidget(row, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)

    def _example(self, option: Setting) -> str:
        example = option.example.strip('"')
        return self.tr("for example {value}").format(value=example) if example else ""

    def _add_json(self, known: KnownTransformer | None) -> None:
        text = json.dumps(self._options, indent=2, ensure_ascii=False) if self._options else ""
        self._json = BoundedText(text)
        self._json.setObjectName("option-json")
        self._json.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._json.setTabChangesFocus(True)
        self._json.setPlaceholderText('{"name": "value"}')
        self._json.setFixedHeight(self._json.fontMetrics().height() * _JSON_LINES + 20)
        self._json.textChanged.connect(self.changed)
        example = known.example if known else ""
        self._rows[""] = FormRow(self.tr("Options, as JSON"), self._json, example)
        self._column.addWidget(self._rows[""])

    def _problem(self) -> str:
        """What is wrong with the JSON, and where."""
        if self._parsed() is not None:
            return ""
        no_object = self.tr('This is no JSON object. Write {"name": value, …}.')
        try:
            loads_lenient(self._json.toPlainText() if self._json else "")
        except JSONDecodeError as exc:
            words = self.tr("Line {line}, column {column} can't be read.")
            place = words.format(line=exc.lineno, column=exc.colno)
            return f"{place} {no_object}"
        return no_object

    def _parsed(self) -> JsonObject | None:
        text = self._json.toPlainText().strip() if self._json else ""
        try:
            found = loads_lenient(text) if text else {}
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


def _put(options: JsonObject, key: str, field: QLineEdit | Switch) -> None:
    """Take over what differs from what was shown."""
    if isinstance(field, Switch):
        if field.isChecked() != field.property("shown"):
            options[key] = field.isChecked()
        return
    text = field.text().strip()
    if text == text_of(options.get(key)).strip():
        return
    if text:
        options[key] = number_or_text(text) if field.property("isNumber") else text
    else:
        options.pop(key, None)
