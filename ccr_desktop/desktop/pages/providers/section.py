"""Parts of the form of a provider: each shows some members of its entry, and writes them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.form_words import show_beside
from ccr_desktop.desktop.tokens import L
from ccr_desktop.desktop.widgets.form_row import FormRow

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject


class Section(QWidget):
    """`show_entry` fills it; `put` changes in an entry what the person changed, and no more."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, FormRow] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(L)

    def show_entry(self, entry: JsonObject) -> None:
        raise NotImplementedError

    def put(self, entry: JsonObject) -> None:
        """Write what is in the fields into *entry*."""
        raise NotImplementedError

    def typed_keys(self) -> dict[str, str]:
        """Keys that were typed here, by the names that the entry refers to them with."""
        return {}

    def add_row(self, place: str, row: FormRow) -> FormRow:
        """A field, and the place in the entry whose problems are shown beside it."""
        self._rows[place] = row
        self.column.addWidget(row)
        return row

    def labels(self) -> dict[str, str]:
        """What the fields are called, by their places in the entry."""
        return {place: row.label.text() for place, row in self._rows.items()}

    def show_issues(self, issues: Sequence[Issue]) -> list[Issue]:
        """Mark the fields that problems are about; returns the others."""
        left = list(issues)
        for place, row in self._rows.items():
            own = [issue for issue in left if is_within(issue.where, place)]
            left = [issue for issue in left if issue not in own]
            show_beside(row, own)
        return left

    def first_bad(self) -> QWidget | None:
        """The first field that has an error."""
        return next((row.field for row in self._rows.values() if row.error()), None)


def is_within(where: str, place: str) -> bool:
    return where == place or where.startswith((f"{place}.", f"{place}["))


def text_of(found: Any) -> str:
    """What a field shows of a value of the file; a number as it is written."""
    if isinstance(found, bool) or found is None or isinstance(found, dict | list):
        return ""
    return str(found)


def put_text(entry: JsonObject, key: str, text: str) -> None:
    """*text* in place of what the field showed; empty takes the member away."""
    text = text.strip()
    if text == text_of(entry.get(key)).strip():
        return  # untouched, also when it was no text at all
    if text:
        entry[key] = text
    else:
        entry.pop(key, None)


def number_or_text(text: str) -> int | float | str:
    """The number that was typed; what is none stays, so that the reader can say so."""
    for kind in (int, float):
        try:
            return kind(text.strip())
        except ValueError:
            continue
    return text.strip()


def line(name: str, placeholder: str = "") -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setPlaceholderText(placeholder)
    return edit
