"""Rows that show a declared setting and change it: each change counts at once and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop.core.config.fields import read_setting
from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.core.setup.edits import setting_value, with_setting
from ccr_desktop.desktop.core_words import in_words

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.desktop.bridge import Bridge

    class Row(Protocol):
        """A row of `rows.py`, or one like it."""

        wanted: SignalInstance

        def show_value(self, value: Any) -> None: ...

        def show_error(self, text: str, fix: str = "") -> None: ...

        def words(self, value: object) -> str: ...


def help_of(key: str) -> str:
    """What a setting means, from its one declaration."""
    return QCoreApplication.translate("Help", BY_KEY[key].help)


class Binding(QObject):
    """Lives as long as its section."""

    def __init__(self, bridge: Bridge, section: QWidget) -> None:
        super().__init__(section)
        self._bridge = bridge
        self._rows: dict[str, Row] = {}
        bridge.config_changed.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def add(self, key: str, row: Row) -> None:
        """Have *row* show and change the setting *key*."""
        self._rows[key] = row
        row.wanted.connect(lambda value: self._change(key, value))
        self._show(key)

    def show(self) -> None:
        """What the file says now, whoever wrote it."""
        for key in self._rows:
            self._show(key)

    def _show(self, key: str) -> None:
        """A value that can't be used is told at its field; shown is what counts instead."""
        issues: list[Issue] = []
        row = self._rows[key]
        row.show_value(self._read(key, setting_value(self._bridge.raw, key), issues))
        row.show_error(_told(issues))

    def _change(self, key: str, value: Any) -> None:
        issues: list[Issue] = []
        self._read(key, value, issues)
        row = self._rows[key]
        row.show_error(_told(issues))
        if not issues:
            words = row.words(value)
            task = self._bridge.edit(lambda raw: with_setting(raw, key, value), words)
            task.add_done_callback(lambda _: self._show(key))  # as it was, when that failed

    def _read(self, key: str, value: Any, issues: list[Issue]) -> Any:
        return read_setting(BY_KEY[key], {key: value}, issues)


def _told(issues: list[Issue]) -> str:
    return " ".join(
        in_words(f"{issue.problem.rstrip('.')}. {issue.hint}".strip()) for issue in issues
    )
