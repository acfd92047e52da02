"""Which route set is shown, whether it is in force, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton, QuietButton
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.labels import FieldLabel
from ccr_desktop.desktop.widgets.showing import set_shown
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from ccr_desktop.desktop.pages.routes.records import Routes

_STANDARD = "standard"
_SET = "set:"
_WIDE = 200


class SetsBar(QWidget):
    """Only names and wishes; the dialogs are the presenter's."""

    shown_wanted = Signal(str)
    use_wanted = Signal(str)
    new_wanted = Signal()
    rename_wanted = Signal(str)
    duplicate_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.picker = FilterPicker(self.tr("Route set that is shown"))
        self.state = StateDot()
        self.use_button = PlainButton(self.tr("Use this set"))
        self.new_button = QuietButton(self.tr("New route set"), "plus")
        self.new_button.setObjectName("new-set")
        self.rename_button = IconButton("pencil", self.tr("Rename this set"))
        self.duplicate_button = IconButton("copy", self.tr("Duplicate this set"))
        self.remove_button = IconButton("trash-2", self.tr("Remove this set"))
        self._label = FieldLabel(self.tr("Route set"))
        self._lay_out()
        self._connect()

    def show_routes(self, shown: Routes) -> None:
        now = shown.shown_set
        self._name = now.name
        force = self.tr("in force")
        self.picker.set_choices(
            [
                Choice(
                    key=_key(each.name),
                    title=each.label,
                    detail=force if each.is_in_force else "",
                )
                for each in shown.sets
            ]
        )
        self.picker.set_current(_key(now.name))
        set_shown(self.state, not shown.trouble)
        set_shown(self.use_button, not shown.trouble and not now.is_in_force)
        for button in (self.rename_button, self.duplicate_button, self.remove_button):
            set_shown(button, bool(now.name))
        if now.is_in_force:
            self.state.show_state("running", self.tr("In force"))
        else:
            self.state.show_state("off", self.tr("Not in force"))

    def _lay_out(self) -> None:
        self.picker.setFixedWidth(_WIDE)
        self.new_button.setToolTip(
            self.tr(
                "Other routes under a name, such as “Offline”, to switch to here or in the tray"
            )
        )
        line = FlowLayout(self)
        for part in (
            self._label,
            self.picker,
            self.rename_button,
            self.duplicate_button,
            self.remove_button,
            self.state,
            self.use_button,
            self.new_button,
        ):
            line.addWidget(part)

    def _connect(self) -> None:
        self.picker.picked.connect(lambda key: self.shown_wanted.emit(_name(key)))
        self.use_button.clicked.connect(lambda: self.use_wanted.emit(self._name))
        self.new_button.clicked.connect(self.new_wanted)
        self.rename_button.clicked.connect(lambda: self.rename_wanted.emit(self._name))
        self.duplicate_button.clicked.connect(lambda: self.duplicate_wanted.emit(self._name))
        self.remove_button.clicked.connect(lambda: self.remove_wanted.emit(self._name))


def _key(name: str) -> str:
    return f"{_SET}{name}" if name else _STANDARD


def _name(key: str) -> str:
    return key.removeprefix(_SET) if key.startswith(_SET) else ""
