"""One part of a rule in the editor: a condition or an action, with what is wrong about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.rules.fields import JsonField
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import IconButton, LeadingButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import SectionTitle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.desktop.pages.routes.rules.fields import ValueField
    from ccr_desktop.desktop.pages.routes.rules.kinds import PartKind

_MISSING = object()
_NOTHING: tuple[Any, ...] = ("", [], {})


class Part(QWidget):
    """What its field can't show, or no kind knows, is edited as text, so that nothing is lost."""

    changed = Signal()
    removed = Signal()

    def __init__(self, name: str, kind: PartKind | None, value: Any, config: Config) -> None:
        super().__init__()
        self.name = name
        self.was_touched = False
        self._lacking = kind.lacking if kind else ""
        is_plain = kind is not None and kind.fits(value)
        self.field: ValueField = kind.make(config) if kind is not None and is_plain else JsonField()
        self._given = value
        self.field.show_value(value)
        self._shown = self._read()
        title = kind.title if kind else name
        text = kind.help if kind and is_plain else self.tr("As the file writes it.")
        self.row = FormRow(title, cast(QWidget, self.field), text)
        self._remove = IconButton("x", self.tr("Remove “{part}”").format(part=title))
        self.setObjectName(f"part-{name}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(S)
        line.addWidget(self.row, 1)
        line.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        self.field.changed.connect(self._note)
        self._remove.clicked.connect(self.removed)

    def value(self) -> Any:
        """What stands there; as it was written where nothing was changed. Raises `ValueError`."""
        found = self.field.value()
        return self._given if found == self._shown else found

    def problem(self) -> str:
        """Why what stands there is no value at all."""
        try:
            found = self.field.value()
        except ValueError as exc:
            return str(exc)
        return self._lacking if found in _NOTHING else ""

    def can_be_read(self) -> bool:
        return self._read() is not _MISSING

    def focus(self) -> None:
        cast(QWidget, self.field).setFocus()

    def _read(self) -> Any:
        try:
            return self.field.value()
        except ValueError:
            return _MISSING

    def _note(self) -> None:
        self.was_touched = True
        self.changed.emit()


class Parts(QWidget):
    """The conditions, or the actions, of a rule, and a menu of those that it has not."""

    changed = Signal()
    added = Signal(object)

    def __init__(self, title: str, button: str, kinds: Sequence[PartKind], config: Config) -> None:
        super().__init__()
        self._kinds = {kind.name: kind for kind in kinds}
        self._config = config
        self._menu: QMenu | None = None
        self.parts: list[Part] = []
        self.button = LeadingButton(button, "plus")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(M)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addWidget(SectionTitle(title))
        column.addLayout(self._stack)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self.open_menu)

    def show_values(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            self._put(name, value)

    def values(self) -> dict[str, Any]:
        """Those that can be read."""
        return {part.name: part.value() for part in self.parts if not part.problem()}

    def begun(self) -> dict[str, Any]:
        """Those, too, that are still empty."""
        return {part.name: part.value() for part in self.parts if part.can_be_read()}

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def problems(self) -> Iterator[tuple[Part, str]]:
        for part in self.parts:
            if problem := part.problem():
                yield part, problem

    def add(self, name: str) -> Part:
        """A further part as it begins."""
        part = self._put(name, self._kinds[name].begin)
        self.changed.emit()
        self.added.emit(part)
        part.focus()
        return part

    def menu(self) -> QMenu:
        """What can be added."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        for kind in self._kinds.values():
            if self.part(kind.name) is None:
                entry = menu.addAction(kind.title)
                entry.setObjectName(f"add-{kind.name}")
                entry.triggered.connect(lambda _=False, name=kind.name: self.add(name))
        return menu

    def open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _put(self, name: str, value: Any) -> Part:
        part = Part(name, self._kinds.get(name), value, self._config)
        part.changed.connect(self.changed)
        part.removed.connect(lambda: self._drop(part))
        self.parts.append(part)
        self._stack.addWidget(part)
        self._offer()
        return part

    def _drop(self, part: Part) -> None:
        self.parts.remove(part)
        self._offer()
        self.button.setFocus()  # else Qt gives it to another, and scrolls there, once it hides
        self._stack.removeWidget(part)
        part.hide()
        part.deleteLater()
        self.changed.emit()

    def _offer(self) -> None:
        """What stands for all conditions, as it can't be read, leaves none to add."""
        have = {part.name for part in self.parts}
        self.button.setVisible("when" not in have and bool(self._kinds.keys() - have))


def part_of(where: str) -> tuple[str, str]:
    """Whose problem is told at a place within a rule: `when.time` -> `("when", "time")`."""
    head, _, rest = where.partition(".")
    if head == "when":
        return "when", rest.partition(".")[0].partition("[")[0]
    return "", head.partition("[")[0]
