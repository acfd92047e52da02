"""Rows that show a declared setting and change it: each change counts at once and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ccr_desktop.core.config.addresses import check_url
from ccr_desktop.core.config.desktop_settings import read_source
from ccr_desktop.core.config.fields import read_setting
from ccr_desktop.core.config.router import read_signs
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.core.setup.setting_paths import find_path, value_at, with_value_at
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.core_words import problem_words
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.setting_places import help_of, row_name
from ccr_desktop.desktop.sight import InSight

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.widgets.card import Card

    class Row(Protocol):
        """A row of `rows.py`, or one like it."""

        wanted: SignalInstance

        def setObjectName(self, name: str, /) -> None: ...

        def show_value(self, value: Any) -> None: ...

        def show_error(self, text: str, fix: str = "") -> None: ...

        def words(self, value: object) -> str: ...

    Check = Callable[[Any, str, list[Issue]], object]

__all__ = ["Binding", "help_of"]

_CHECKS: dict[str, Check] = {
    "Desktop.updateSource": read_source,
    "OPENAI_BASE_URL": check_url,
    "Router.thinkWhen": read_signs,
}
"""What can never work is not saved. A file that is not there may come: that is told later."""


class Binding(QObject):
    """Lives as long as its section."""

    def __init__(self, bridge: Bridge, section: QWidget) -> None:
        super().__init__(section)
        self._bridge = bridge
        self._rows: dict[str, Row] = {}
        seen = InSight(section, self.show)
        bridge.config_changed.connect(seen.ask, Qt.ConnectionType.QueuedConnection)

    def add(self, key: str, row: Row) -> None:
        """Have *row* show and change the setting *key*."""
        self._rows[key] = row
        row.setObjectName(row_name(key))
        row.wanted.connect(lambda value: self._change(key, value))
        self._show(key)

    def put(self, card: Card, key: str, row: Row) -> None:
        """Have *row* stand on *card* as well."""
        if isinstance(row, QWidget):
            card.add(row)
        self.add(key, row)

    def show(self) -> None:
        """What the file says now, whoever wrote it."""
        for key in self._rows:
            self._show(key)

    def _show(self, key: str) -> None:
        """A value that can't be used is told at its field; shown is what counts instead."""
        issues: list[Issue] = []
        row = self._rows[key]
        row.show_value(self._read(key, value_at(self._bridge.raw, find_path(key)), issues))
        row.show_error(_told(issues or self._issues_of(key)))

    def _issues_of(self, key: str) -> list[Issue]:
        """What else is wrong with it, such as a path at which there is no file."""
        store = self._bridge.store
        known = dict.fromkeys((*self._bridge.config.issues, *store.problems))
        return [each for each in known if each.where == key or each.where.startswith(f"{key}[")]

    def _change(self, key: str, value: Any) -> None:
        issues: list[Issue] = []
        self._read(key, value, issues)
        if value is not None and (check := _CHECKS.get(key)):
            check(value, key, issues)
        row = self._rows[key]
        row.show_error(_told(issues))
        if not issues:
            words = row.words(value)
            path = find_path(key)
            task = self._bridge.edit(lambda raw: with_value_at(raw, path, value), words)
            afterwards(task, lambda: self._show(key))  # as it was, when that failed

    def _read(self, key: str, value: Any, issues: list[Issue]) -> Any:
        setting = BY_KEY[key]
        if setting.kind is Kind.LIST:  # whose items are looked at when it is saved
            return value if isinstance(value, list) else setting.default
        if setting.is_secret:  # as it stands there: what is behind it is nobody's business
            return value if isinstance(value, str) else setting.default
        return read_setting(setting, {key: value}, issues)


def _told(issues: list[Issue]) -> str:
    """Sentences beside a field, which says what they are about."""
    return put_together(problem_words(f"{each.problem.rstrip('.')}.", each.hint) for each in issues)
