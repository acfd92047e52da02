"""Several keys of one account, which requests share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.secret_fields import is_stand_in
from ccr_desktop.desktop.pages.providers.cell_rows import CellRows, Cells, Column
from ccr_desktop.desktop.pages.providers.section import Section, number_or_text, text_of
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.ring import set_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject

_NUMBER = re.compile(r"api_keys\[(\d+)\]\.(weight|limit_per_minute)")
_MEMBERS = ("weight", "limit_per_minute")


class PoolSection(Section):
    """A key that is typed here goes into the store of keys; one of the file is never shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CellRows(
            "pool",
            (
                Column(name=self.tr("Key"), hides=lambda cells: not _is_shown(cells[0])),
                Column(name=self.tr("Share"), placeholder="1", wide=64),
                Column(name=self.tr("Per minute"), placeholder=self.tr("no limit"), wide=88),
            ),
            self.tr("Add key"),
            ordered=True,
        )
        help_text = self.tr(
            "Requests are shared out among these keys and the one above, by their shares. One that"
            " was refused, or has used up its requests of this minute, rests."
        )
        self.add_row("api_keys", FormRow(self.tr("Extra keys"), self.rows, help_text))
        self.rows.changed.connect(self.changed)
        self._items: dict[str, Any] = {}
        self._shown: list[Cells] = []
        self._typed: dict[str, str] = {}

    def show_entry(self, entry: JsonObject) -> None:
        found = entry.get("api_keys")
        self._items, self._typed = {}, {}
        for number, item in enumerate(found if isinstance(found, list) else [], 1):
            self._items[self._label(_key(item), number)] = item
        self._shown = [_cells(label, item) for label, item in self._items.items()]
        self.rows.show_cells(self._shown)

    def put(self, entry: JsonObject) -> None:
        self._typed = {}
        if self.rows.cells() == self._shown:
            return
        name = str(entry.get("name") or "").strip()
        items = [self._item(cells, name) for cells in self.rows.cells()]
        if items:
            entry["api_keys"] = items
        else:
            entry.pop("api_keys", None)

    def show_issues(self, issues: Sequence[Issue]) -> list[Issue]:
        """What is wrong with a number is told of its field, not of the whole list."""
        left = super().show_issues(issues)
        words = {cell: said for issue in issues for cell, said in self._of_cell(issue)}
        self.rows.mark_bad(words)
        if words:
            self._rows["api_keys"].show_error(put_together(words.values()))
            set_mark(self.rows, "invalid", value=False)
        return left

    def first_bad(self) -> QWidget | None:
        return self.rows.first_bad() or super().first_bad()

    def _of_cell(self, issue: Issue) -> Iterator[tuple[tuple[int, int], str]]:
        found = _NUMBER.fullmatch(issue.where)
        if found is None:
            return
        number, member = int(found[1]), found[2]
        words = {
            "weight": self.tr("Share of key {n}: enter a number above 0."),
            "limit_per_minute": self.tr(
                "Per minute of key {n}: enter a whole number above 0, or leave it empty."
            ),
        }[member]
        yield (number, 1 + _MEMBERS.index(member)), words.format(n=number + 1)

    def typed_keys(self) -> dict[str, str]:
        return dict(self._typed)

    def _label(self, key: str, number: int) -> str:
        """What stands for a key: where it is, never what it is."""
        if key and is_stand_in(key):
            return key if key not in self._items else f"{key} "
        return self.tr("Key {n}, in the settings file").format(n=number)

    def _item(self, cells: Cells, name: str) -> Any:
        label, *said = cells
        item = self._items.get(label)
        key = _key(item) if item is not None else self._reference(label, name)
        given = {
            member: number_or_text(text)
            for member, text in zip(_MEMBERS, said, strict=True)
            if text
        }
        if not isinstance(item, dict) and not given:
            return key
        members = item.items() if isinstance(item, dict) else ()
        kept = {member: value for member, value in members if member not in _MEMBERS}
        return {**kept, "key": key, **given}

    def _reference(self, typed: str, name: str) -> str:
        """What the file says in place of a key that was typed."""
        if not typed or is_stand_in(typed):
            return typed
        used = {_key(item) for item in self._items.values()}
        number = 2
        while f"{PREFIX}{name}#{number}" in used or f"{name}#{number}" in self._typed:
            number += 1
        self._typed[f"{name}#{number}"] = typed
        return f"{PREFIX}{name}#{number}"


def _key(item: Any) -> str:
    found = item.get("key") if isinstance(item, dict) else item
    return found.strip() if isinstance(found, str) else ""


def _cells(label: str, item: Any) -> Cells:
    members = item if isinstance(item, dict) else {}
    return (label.strip(), *(text_of(members.get(member)) for member in _MEMBERS))


def _is_shown(label: str) -> bool:
    """Words and references are no secrets; keys hold no space."""
    return " " in label or is_stand_in(label)
