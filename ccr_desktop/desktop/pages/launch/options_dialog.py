"""How Claude Code is launched in one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QVBoxLayout

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import HelpText, SectionTitle
from ccr_desktop.launch.typed_arguments import read_arguments, write_arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.pages.launch.rows import Folder

_WIDTH = 440


class OptionsDialog(QDialog):
    """`arguments` and `route_set` are what was chosen; None for a route set that was left alone."""

    leave_wanted = Signal()

    def __init__(
        self, folder: Folder, route_set: str, route_sets: Sequence[str], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Launch in {folder}").format(folder=folder.path.name))
        self.setObjectName("launch-options")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.arguments = folder.arguments
        self.route_set: str | None = None
        self._before = route_set
        self._words = QLineEdit(write_arguments(folder.arguments))
        self._words.setObjectName("launch-arguments")
        self._words.setPlaceholderText("--permission-mode plan")
        self._words.setMinimumWidth(_WIDTH)
        self._sets = QComboBox()
        self._sets.setObjectName("launch-route-set")
        self._fill(folder, route_set, route_sets)
        self._row = FormRow(
            self.tr("Arguments"), self._words, self.tr("Claude Code gets them with each launch.")
        )
        self._shown = self._entered()
        self._lay_out(folder)

    def take(self) -> None:
        """Accept what stands there, unless it can't be used."""
        try:
            self.arguments = read_arguments(self._words.text())
        except ValueError:
            self._row.show_error(self.tr("A quotation mark is not closed."))
            return
        chosen = str(self._sets.currentData())
        self.route_set = None if chosen == self._before else chosen
        self.accept()

    def reject(self) -> None:
        """Escape, Cancel, or the window's cross."""
        if self.isVisible() and self._entered() != self._shown:
            self.leave_wanted.emit()
        else:
            self.leave()

    def leave(self) -> None:
        """Without asking."""
        super().reject()

    def _entered(self) -> tuple[str, object]:
        return self._words.text().strip(), self._sets.currentData()

    def _fill(self, folder: Folder, route_set: str, route_sets: Sequence[str]) -> None:
        """Routes of the folder's own stay until a set is chosen in their place."""
        own = folder.routing if folder.routing and not route_set else ""
        if own:
            self._before = "\0own"
            self._sets.addItem(self.tr("Routes of its own: {routes}").format(routes=own), "\0own")
        self._sets.addItem(self.tr("The one in use"), "")
        for name in route_sets:
            self._sets.addItem(visible(name), name)
        if route_set and route_set not in route_sets:
            self._sets.addItem(self.tr("{name} (not there)").format(name=route_set), route_set)
        self._sets.setCurrentIndex(self._sets.findData(self._before))

    def _lay_out(self, folder: Folder) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(self.windowTitle()))
        column.addWidget(HelpText(shown(folder.path)))
        column.addWidget(self._row)
        text = self.tr("What routes requests from this folder, whichever set is in use.")
        column.addWidget(FormRow(self.tr("Route set"), self._sets, text))
        save, cancel = PrimaryButton(self.tr("Save")), PlainButton(self.tr("Cancel"))
        save.setObjectName("save")
        save.clicked.connect(self.take)
        cancel.clicked.connect(self.reject)
        column.addLayout(closing_row([cancel, save]))
        self._words.setFocus()
