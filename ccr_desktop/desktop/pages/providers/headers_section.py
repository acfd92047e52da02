"""Headers that every request to a provider carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.desktop.pages.providers.cell_rows import CellRows, Cells, Column
from ccr_desktop.desktop.pages.providers.section import Section, text_of
from ccr_desktop.desktop.widgets.form_row import FormRow

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


class HeadersSection(Section):
    """Values that look like secrets are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CellRows(
            "headers",
            (
                Column(name=self.tr("Name"), placeholder="X-Team", wide=200),
                Column(name=self.tr("Value"), hides=_is_secret),
            ),
            self.tr("Add header"),
        )
        self.add_row("headers", FormRow(self.tr("Headers"), self.rows))
        self.rows.changed.connect(self.changed)
        self._shown: list[Cells] = []

    def show_entry(self, entry: JsonObject) -> None:
        found = entry.get("headers")
        pairs = found.items() if isinstance(found, dict) else ()
        self._shown = [(name, text_of(value)) for name, value in pairs]
        self.rows.show_cells(self._shown)

    def put(self, entry: JsonObject) -> None:
        cells = self.rows.cells()
        if cells == [tuple(map(str.strip, row)) for row in self._shown]:
            return
        if cells:
            entry["headers"] = {row[0]: row[1] for row in cells}
        else:
            entry.pop("headers", None)


def _is_secret(cells: Cells) -> bool:
    return any(find_secrets({cells[0]: cells[1]}))
