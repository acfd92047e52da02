"""The parts of the status line in their order, and the fields of the chosen one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import problem_words
from ccr_desktop.desktop.pages.settings.line_fields import LineFields
from ccr_desktop.desktop.pages.settings.line_words import (
    color_word,
    placeholders,
    type_word,
    types,
)
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.showing import set_shown
from ccr_desktop.statusline.themes import BACKGROUNDS, INK, TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject

_ONE_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


class LineParts(Card):
    """Tells the modules that are wanted, all of them: what it does not know in them stays."""

    wanted = Signal(object, str)
    """The modules, and what was done in words."""
    drafted = Signal(object)
    built_in_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Parts of the line"))
        self.rows = RowList(self.tr("Parts of the line"), reorderable=True, fit_content=True)
        self.rows.setObjectName("line-parts")
        self.rows.set_actions(
            [RowAction(key="remove", text=self.tr("Remove"), icon="trash-2", danger=True)]
        )
        self.fields = LineFields()
        self.add_picker = FilterPicker(
            self.tr("Add a part"), placeholder=self.tr("Add a part…"), allow_other=False
        )
        self.add_picker.setObjectName("line-add")
        self.add_picker.set_choices([Choice(key=k, title=words) for k, words in types().items()])
        self.built_in = QuietButton(self.tr("Use the built-in parts"), "rotate-ccw")
        self.built_in.setObjectName("line-built-in")
        self._modules: list[Any] = []
        self._titles: list[str] = []
        self._issues: dict[int, list[Issue]] = {}
        for part in (self.rows, self.add_picker, self.fields):
            self.add(part)
        self.add_action(self.built_in)
        self._connect()

    def show_modules(
        self, modules: Sequence[Any], issues: dict[int, list[Issue]], *, are_own: bool
    ) -> None:
        """What is drawn. Built-in modules become the user's own with the first change."""
        self._modules, self._issues = list(modules), issues
        self._titles = _told_apart([_name(module) for module in modules])
        self.built_in.setVisible(are_own)
        self.set_help(
            self.tr("Drag them, or press Ctrl and an arrow key, to change their order.")
            if are_own
            else self.tr("These are built in. Change one, and your settings get them all.")
        )
        chosen = self.rows.current_key()
        self.rows.set_rows([self._row(number) for number in range(len(self._modules))])
        if not self.rows.current_key():
            self.rows.select(chosen or "0")
        self._show_fields()

    def current(self) -> int:
        """The place of the chosen part; -1 for none."""
        key = self.rows.current_key()
        return int(key) if key and int(key) < len(self._modules) else -1

    def _connect(self) -> None:
        self.rows.selected.connect(lambda _key: self._show_fields())
        self.rows.order_requested.connect(self._order)
        self.rows.action_requested.connect(lambda key, _action: self._remove(int(key)))
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.rows)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove_chosen)
        self.fields.changed.connect(lambda module: self._replace(module, is_draft=False))
        self.fields.drafted.connect(lambda module: self._replace(module, is_draft=True))
        self.add_picker.picked.connect(self._add)
        self.built_in.clicked.connect(self.built_in_wanted)

    def _show_fields(self) -> None:
        number = self.current()
        module = self._modules[number] if number >= 0 else None
        set_shown(self.fields, isinstance(module, dict))
        if isinstance(module, dict):
            self.fields.show_module(module, self._issues.get(number, []))

    def _replace(self, module: JsonObject, *, is_draft: bool) -> None:
        number = self.current()
        if number < 0:
            return
        modules = [*self._modules[:number], module, *self._modules[number + 1 :]]
        if is_draft:
            self.drafted.emit(modules)
        else:
            self._tell(modules, self.tr("Changed: {name}").format(name=_name(module)))

    def _add(self, kind: str) -> None:
        self.add_picker.set_current("")
        number = self.current()
        place = len(self._modules) if number < 0 else number + 1
        module = _new(kind, self._modules[max(place - 1, 0) : place + 1])
        modules = [*self._modules[:place], module, *self._modules[place:]]
        self._tell(modules, self.tr("Added: {name}").format(name=_name(module)))
        self._choose(place)

    def _remove_chosen(self) -> None:
        if (number := self.current()) >= 0:
            self._remove(number)

    def _remove(self, number: int) -> None:
        name = _name(self._modules[number])
        modules = [*self._modules[:number], *self._modules[number + 1 :]]
        self._tell(modules, self.tr("Removed: {name}").format(name=name))

    def _order(self, keys: tuple[str, ...]) -> None:
        chosen = self.rows.current_key()
        modules = [self._modules[int(key)] for key in keys]
        self._tell(modules, self.tr("Order of the status line"))
        if chosen in keys:
            self._choose(keys.index(chosen))

    def _tell(self, modules: list[Any], words: str) -> None:
        """Show it at once, whenever it is saved."""
        self.wanted.emit(modules, words)
        self.show_modules(modules, {}, are_own=True)

    def _choose(self, number: int) -> None:
        self.rows.select(str(number))
        self._show_fields()

    def _row(self, number: int) -> Row:
        module = self._modules[number]
        issues = self._issues.get(number)
        problem = problem_words(issues[0].problem) if issues else ""
        return Row(
            key=str(number),
            title=self._titles[number],
            subtitle=problem or _subtitle(module),
            state="attention" if issues else None,
            state_word=problem,
        )


def _new(kind: str, beside: Sequence[Any]) -> JsonObject:
    """On a background of its own where those beside it have one."""
    behind = [_text(module, "background") for module in beside if isinstance(module, dict)]
    if not any(behind):
        return {"type": kind}
    free = next(name for name in BACKGROUNDS if name not in behind)
    return {"type": kind, "color": INK, "background": free}


def _name(module: Any) -> str:
    """What it shows: its kind, or the one placeholder that it has of several usual ones."""
    if not isinstance(module, dict):
        return str(module)
    kind = _text(module, "type")
    one = _ONE_PLACEHOLDER.fullmatch(_text(module, "text"))
    is_part = one is not None and TEXTS.get(kind, "").count("{{") > 1
    return (placeholders().get(one[1], "") if one and is_part else "") or type_word(kind)


def _told_apart(names: Sequence[str]) -> list[str]:
    """Those that stand there again get a number."""
    return [
        lists.aside(name, names[:number].count(name) + 1) if name in names[:number] else name
        for number, name in enumerate(names)
    ]


def _subtitle(module: Any) -> str:
    if not isinstance(module, dict):
        return ""
    kind = _text(module, "type")
    shows = _text(module, "scriptPath") if kind == "script" else _text(module, "text")
    shows = shows or TEXTS.get(kind, "")
    look = color_word(_text(module, "color"))
    if behind := color_word(_text(module, "background")):
        words = QCoreApplication.translate("StatusLine", "{color} on {background}")
        look = words.format(color=look or "white", background=behind)
    return " · ".join(filter(None, (shows, look)))


def _text(module: JsonObject, key: str) -> str:
    found = module.get(key)
    return found if isinstance(found, str) else ""
