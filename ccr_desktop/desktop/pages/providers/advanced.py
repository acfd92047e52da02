"""What only some need of a provider, opened in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.providers.address_section import AddressSection
from ccr_desktop.desktop.pages.providers.fixes_section import FixesSection
from ccr_desktop.desktop.pages.providers.headers_section import HeadersSection
from ccr_desktop.desktop.pages.providers.network_section import NetworkSection
from ccr_desktop.desktop.pages.providers.pool_section import PoolSection
from ccr_desktop.desktop.pages.providers.section import Section
from ccr_desktop.desktop.pages.providers.sizes_section import SizesSection
from ccr_desktop.desktop.tokens import L
from ccr_desktop.desktop.widgets.disclosure import Disclosure

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject


class Advanced(QWidget):
    """Its fields are made when it is opened first, or when a problem must be shown in it.

    Until then what belongs to it stays as it is in the file.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.disclosure = Disclosure(self.tr("Advanced"))
        self.disclosure.button.setObjectName("advanced")
        self.disclosure.body.setSpacing(L)
        self.disclosure.button.toggled.connect(self._toggled)
        self._parts: Parts | None = None
        self._entry: JsonObject = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.disclosure)

    @property
    def parts(self) -> Parts:
        if self._parts is None:
            self._parts = Parts()
            self.disclosure.add(self._parts)
            self._parts.show_entry(self._entry)
            self._parts.changed.connect(self.changed)
        return self._parts

    @property
    def is_made(self) -> bool:
        return self._parts is not None

    def show_entry(self, entry: JsonObject) -> None:
        self._entry = entry
        if self._parts is not None:
            self._parts.show_entry(entry)

    def show_models(self, models: Sequence[str]) -> None:
        if self._parts is not None:
            self._parts.fixes.show_models(models)

    def put(self, entry: JsonObject) -> None:
        if self._parts is not None:
            self._parts.put(entry)

    def typed_keys(self) -> dict[str, str]:
        return self._parts.typed_keys() if self._parts is not None else {}

    def labels(self) -> dict[str, str]:
        return self._parts.labels() if self._parts is not None else {}

    def show_issues(self, issues: Sequence[Issue]) -> list[Issue]:
        """Mark the fields; without any problem nothing needs to be made."""
        if not issues and self._parts is None:
            return []
        return self.parts.show_issues(issues)

    def is_complete(self) -> bool:
        return self._parts is None or self._parts.fixes.is_complete()

    def reveal(self) -> Parts:
        """Open it."""
        self.disclosure.button.show_checked(True)
        return self.parts

    def reveal_bad(self) -> QWidget | None:
        """The first field with an error, opened so that it can be seen."""
        bad = self._parts.first_bad() if self._parts is not None else None
        if bad is not None:
            self.reveal()
        return bad

    def _toggled(self, opened: bool) -> None:
        if opened:
            self.parts.show()


class Parts(QWidget):
    """All sections, one below the other."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = AddressSection()
        self.pool = PoolSection()
        self.fixes = FixesSection()
        self.headers = HeadersSection()
        self.network = NetworkSection()
        self.sizes = SizesSection()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(L)
        for number, section in enumerate(self.sections):
            if number:
                column.addWidget(_line())
            column.addWidget(section)
            section.changed.connect(self.changed)

    @property
    def sections(self) -> tuple[Section, ...]:
        return (self.address, self.pool, self.fixes, self.headers, self.network, self.sizes)

    def show_entry(self, entry: JsonObject) -> None:
        blocked = self.blockSignals(True)
        for section in self.sections:
            section.show_entry(entry)
        self.blockSignals(blocked)

    def put(self, entry: JsonObject) -> None:
        for section in self.sections:
            section.put(entry)

    def typed_keys(self) -> dict[str, str]:
        return {name: key for part in self.sections for name, key in part.typed_keys().items()}

    def labels(self) -> dict[str, str]:
        return {place: label for part in self.sections for place, label in part.labels().items()}

    def show_issues(self, issues: Sequence[Issue]) -> list[Issue]:
        left = list(issues)
        for section in self.sections:
            left = section.show_issues(left)
        return left

    def first_bad(self) -> QWidget | None:
        return next((bad for section in self.sections if (bad := section.first_bad())), None)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("surface", "line")
    line.setFixedHeight(1)
    return line
