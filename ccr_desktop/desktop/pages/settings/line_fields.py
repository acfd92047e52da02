"""The fields of one part of the status line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from ccr_desktop.core.setup.status_lines import with_field
from ccr_desktop.desktop.core_words import issue_words
from ccr_desktop.desktop.pages.settings.line_words import (
    color_words,
    colors,
    type_word,
    types,
)
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.swatch import Swatch
from ccr_desktop.statusline.colors import foreground
from ccr_desktop.statusline.themes import TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject

_NO_COLOR = "none"
_SCRIPT = "script"
_FIELD = re.compile(r"\.(type|icon|text|color|background|scriptPath)$")


class LineFields(QWidget):
    """`drafted` while something is typed, `changed` once it is finished: with the whole module."""

    drafted = Signal(object)
    changed = Signal(object)
    browse_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("line-fields")
        self._module: JsonObject = {}
        self.kind = ChoiceBox(self.tr("Shows"))
        self.kind.setObjectName("line-type")
        self.icon = QLineEdit()
        self.icon.setObjectName("line-icon")
        self.text_field = QLineEdit()
        self.text_field.setObjectName("line-text")
        self.color = self._picker("color", self.tr("Colour"))
        self.background = self._picker("background", self.tr("Background"))
        self.script = QLineEdit()
        self.script.setObjectName("line-scriptPath")
        self.browse = PlainButton(self.tr("Choose…"))
        self._swatches = {"color": Swatch(), "background": Swatch()}
        self._rows = self._build_rows()
        self._lay_out()
        self._connect()

    def show_module(self, module: JsonObject, issues: Sequence[Issue]) -> None:
        """A field that is being typed in keeps its text."""
        self._module = module
        kind = _text(module, "type")
        known = types()
        choices = [*known.items(), *([] if kind in known else [(kind, type_word(kind))])]
        self.kind.set_choices(choices)
        self.kind.set_current(kind)
        for key, edit in self._edits().items():
            if edit.text() != _text(module, key) and not (edit.hasFocus() and edit.isModified()):
                edit.setText(_text(module, key))
        self.color.set_current(_text(module, "color") or _NO_COLOR)
        behind = _text(module, "background")
        self.background.set_current(f"bg_{behind}" if behind in colors() else behind or _NO_COLOR)
        for key, swatch in self._swatches.items():
            swatch.show_code(foreground(_text(module, key)))
        self.text_field.setPlaceholderText(TEXTS.get(kind, ""))
        self._rows["scriptPath"].setVisible(kind == _SCRIPT)
        self._rows["text"].setVisible(kind != _SCRIPT)
        self._show_issues(issues)

    def insert(self, placeholder: str) -> None:
        """Put a placeholder where the cursor of the text is."""
        if not self.text_field.text():
            self.text_field.setText(self.text_field.placeholderText())
            self.text_field.end(False)
        self.text_field.insert(f"{{{{{placeholder}}}}}")
        self.text_field.setFocus()
        self._finish("text", self.text_field)

    def take_script(self, path: str) -> None:
        self.script.setText(path)
        self._finish("scriptPath", self.script)

    def _edits(self) -> dict[str, QLineEdit]:
        return {"icon": self.icon, "text": self.text_field, "scriptPath": self.script}

    def _connect(self) -> None:
        self.kind.picked.connect(lambda kind: self._change("type", kind))
        for key, edit in self._edits().items():
            edit.textEdited.connect(lambda text, key=key: self._draft(key, text))
            edit.editingFinished.connect(lambda key=key, edit=edit: self._finish(key, edit))
        for key, picker in (("color", self.color), ("background", self.background)):
            picker.picked.connect(lambda name, key=key: self._change(key, name))
        self.browse.clicked.connect(self.browse_wanted)

    def _draft(self, key: str, text: str) -> None:
        self.drafted.emit(with_field(self._module, key, text))

    def _finish(self, key: str, edit: QLineEdit) -> None:
        edit.setModified(False)
        self._change(key, edit.text())

    def _change(self, key: str, value: str) -> None:
        value = "" if key != "type" and value == _NO_COLOR else value
        if value != _text(self._module, key):
            self._module = with_field(self._module, key, value)
            if key in self._swatches:
                self._swatches[key].show_code(foreground(value))
            self.changed.emit(self._module)

    def _show_issues(self, issues: Sequence[Issue]) -> None:
        told: dict[str, str] = {}
        for issue in issues:
            if found := _FIELD.search(issue.where):
                told[found[1]] = issue_words(issue)
        for key, row in self._rows.items():
            row.show_error(told.get(key, ""))

    def _picker(self, key: str, name: str) -> FilterPicker:
        picker = FilterPicker(name, allow_other=True)
        picker.setObjectName(f"line-{key}")
        none = Choice(key=_NO_COLOR, title=self.tr("None"))
        before = "bg_" if key == "background" else ""
        named = zip(colors(), color_words(colors()), strict=True)
        names = [Choice(key=f"{before}{name}", title=words) for name, words in named]
        picker.set_choices([none, *names])
        return picker

    def _with_swatch(self, key: str) -> QWidget:
        """The picker of a colour, and the colour itself."""
        picker = self.color if key == "color" else self.background
        whole = QWidget()
        whole.setFocusProxy(picker)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self._swatches[key])
        row.addWidget(picker, 1)
        return whole

    def _build_rows(self) -> dict[str, FormRow]:
        script = QWidget()
        row = QHBoxLayout(script)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.script, 1)
        row.addWidget(self.browse)
        script.setFocusProxy(self.script)
        self.script.setAccessibleName(self.tr("Script"))
        own = self.tr("A name, or a colour such as #ffaf00.")
        return {
            "type": FormRow(self.tr("Shows"), self.kind),
            "icon": FormRow(self.tr("Icon before it"), self.icon),
            "text": FormRow(
                self.tr("Text"),
                self.text_field,
                self.tr("Words and {{placeholders}}; empty: the usual text."),
            ),
            "scriptPath": FormRow(
                self.tr("Script"),
                script,
                self.tr("A Python file, a JavaScript file or a program. It has 0.3 seconds."),
            ),
            "color": FormRow(self.tr("Colour"), self._with_swatch("color"), own),
            "background": FormRow(
                self.tr("Background"),
                self._with_swatch("background"),
                self.tr("Behind the text, as for Powerline."),
            ),
        }

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(M)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for number, key in enumerate(("type", "icon")):
            grid.addWidget(self._rows[key], 0, number, top)
        grid.addWidget(self._rows["text"], 1, 0, 1, 2)
        grid.addWidget(self._rows["scriptPath"], 2, 0, 1, 2)
        for number, key in enumerate(("color", "background")):
            grid.addWidget(self._rows[key], 3, number, top)


def _text(module: JsonObject, key: str) -> str:
    found = module.get(key)
    return found if isinstance(found, str) else ""
