"""Advanced: what few people need, what older files hold, and what only the file itself shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop.core.config.conditions import SIGN_CHOICES
from ccr_desktop.core.config.schema import UPDATE_SOURCE
from ccr_desktop.core.setup.setting_paths import find_path, value_at
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.opening import open_path
from ccr_desktop.desktop.pages.settings.binding import Binding
from ccr_desktop.desktop.pages.settings.field_rows import ListRow, PathRow, TextRow
from ccr_desktop.desktop.pages.settings.legacy import legacy_card
from ccr_desktop.desktop.pages.settings.rows import SettingRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import help_of, row_name, title_of
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import SecondaryText
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk

IN_THE_FILE = ("plugins", "Budgets", "Retention", "Router.custom")
_UNKNOWN = "there is no such setting"


def build(desk: Desk) -> QWidget:
    section = Section()
    binding = Binding(desk.bridge, section)
    section.add(_rewriting(desk.bridge, binding))
    section.add(_updating(binding))
    section.add(legacy_card(desk.bridge, binding))
    section.add(_file(desk.bridge))
    return section


def _rewriting(bridge: Bridge, binding: Binding) -> Card:
    card = Card(_tr("Requests"))
    prompt = PathRow(
        bridge,
        title_of("REWRITE_SYSTEM_PROMPT"),
        help_of("REWRITE_SYSTEM_PROMPT"),
        _tr("Texts (*.md *.txt);;All files (*)"),
    )
    signs = ListRow(
        title_of("Router.thinkWhen"),
        _tr("Which requests the route for thinking takes. Known: {signs}.").format(
            signs=_known_signs(SIGN_CHOICES)
        ),
    )
    binding.put(card, "REWRITE_SYSTEM_PROMPT", prompt)
    binding.put(card, "Router.thinkWhen", signs)
    return card


def _known_signs(signs: Iterable[str]) -> str:
    """Those that more has to follow come first: the dots of the last would double the full stop."""
    beginnings_first = sorted(signs, key=lambda sign: not sign.endswith(":"))
    return lists.names(f"{sign}…" if sign.endswith(":") else sign for sign in beginnings_first)


def _updating(binding: Binding) -> Card:
    card = Card(_tr("Updates"))
    source = TextRow(
        title_of("Desktop.updateSource"),
        _tr("A company can name a copy of its own. What is signed by others is never installed."),
        UPDATE_SOURCE,
    )
    binding.put(card, "Desktop.updateSource", source)
    return card


def _file(bridge: Bridge) -> Card:
    card = Card(
        _tr("In the settings file"),
        _tr("What has no field is kept there as it is, and can be changed there."),
    )
    for key in IN_THE_FILE:
        row = SettingRow(title_of(key), help_of(key), SecondaryText())
        row.setObjectName(row_name(key))
        card.add(row)
    unknown = RowList(title_of("unknown-keys"), fit_content=True)
    unknown.setObjectName(row_name("unknown-keys"))
    card.add(unknown)
    button = PlainButton(_tr("Open the settings file"), "external-link")
    button.setObjectName("open-config")
    card.add_action(button)
    FileFacts(bridge, card, unknown, button)
    return card


class FileFacts(QObject):
    """Says which of these settings the file holds, and what in it nobody knows."""

    def __init__(self, bridge: Bridge, card: Card, unknown: RowList, button: PlainButton) -> None:
        super().__init__(card)
        self._bridge = bridge
        self._card = card
        self._unknown = unknown
        queued = Qt.ConnectionType.QueuedConnection
        bridge.config_changed.connect(self._show, queued)
        bridge.issues_changed.connect(self._show, queued)
        button.clicked.connect(self._open)
        self._show()

    def _show(self) -> None:
        for key in IN_THE_FILE:
            row = self._card.findChild(SettingRow, row_name(key))
            words = row.findChild(SecondaryText) if isinstance(row, SettingRow) else None
            if isinstance(words, SecondaryText):
                is_there = bool(value_at(self._bridge.raw, find_path(key)))
                words.setText(self.tr("In the file") if is_there else self.tr("Not set"))
        rows = [_unknown_row(issue) for issue in self._bridge.issues if _UNKNOWN in issue.problem]
        self._unknown.set_rows([*{row.key: row for row in rows}.values()])
        self._unknown.setVisible(bool(rows))

    def _open(self) -> None:
        path = self._bridge.store.path or self._bridge.store.save_path
        open_path(self._bridge, self._card, path)


def _unknown_row(issue: Issue) -> Row:
    words = _tr("Not known here. {hint}").format(hint=in_words(issue.hint))
    return Row(key=issue.where, title=issue.where, subtitle=words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
