"""Keys of single devices: each can go, or end by itself, while the others keep theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, Qt

from ccr_desktop.core.config.client_keys import SETTING, today
from ccr_desktop.core.config.fields import is_unresolved
from ccr_desktop.core.setup.device_keys import checked_device, with_device, without_device
from ccr_desktop.core.setup.key_references import device_key
from ccr_desktop.core.setup.unused_keys import names_in
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.name_dialog import ask_name
from ccr_desktop.desktop.pages.settings.client_key import with_made_key
from ccr_desktop.desktop.setting_places import row_name, title_of
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.copy_sign import RowCopySign
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.problem_line import ProblemLine
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.showing import set_shown
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ccr_desktop.core.config.schema import ClientKey
    from ccr_desktop.desktop.desk import Desk

_COPY, _REMOVE = "copy", "remove"
_WITHOUT_END = "0"


class DeviceKeysCard(Card):
    """Shown where a key has to be sent at all."""

    def __init__(self) -> None:
        title = title_of(SETTING)
        super().__init__(title)
        self.setObjectName(row_name(SETTING))
        self.rows = RowList(title, fit_content=True)
        self.rows.setObjectName("device-keys")
        self.copied = RowCopySign(
            self.rows,
            RowAction(key=_COPY, text=_tr("Copy key"), icon="copy"),
            RowAction(key=_REMOVE, text=_tr("Remove"), icon="trash-2", danger=True),
        )
        self._problem = ProblemLine()
        self.add_button = PlainButton(_tr("Add device"), "plus")
        self.add_button.setObjectName("add-device")
        self.add(self.rows)
        self.add(self._problem)
        self.add_header_action(self.add_button)
        self.setFocusProxy(self.add_button)

    def show_keys(self, keys: Sequence[ClientKey], day: date, *, do_count: bool) -> None:
        by_name = {key.name: key for key in reversed(keys)}  # two of a name go as one
        rows = [_row(key, day) for key in reversed(by_name.values())]
        self.rows.set_rows(rows if do_count else [replace(row, state="off") for row in rows])
        self.rows.setVisible(bool(keys))
        set_shown(self.add_button, do_count)
        words = _tr(
            "One for each device: a device that is lost is shut out alone, the others go on."
        )
        if not do_count:
            words = _tr("They have no effect while there is no client key.")
        self.set_help(words)

    def problem_text(self) -> str:
        return self._problem.text()

    def show_problem(self, words: str) -> None:
        self._problem.say(words, "", "error")


class DeviceKeys(QObject):
    """Lives as long as its card."""

    def __init__(self, desk: Desk, card: DeviceKeysCard) -> None:
        super().__init__(card)
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._card = card
        card.add_button.clicked.connect(
            lambda: self._bridge.do(self._added(), _tr("Adding a device"))
        )
        card.rows.opened.connect(self._copy)
        card.rows.action_requested.connect(self._do)
        self._bridge.config_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        InSight(card, self._show, each_time=True)  # one may have ended meanwhile
        self._show()

    def _show(self) -> None:
        config = self._bridge.config
        self._card.show_problem("")
        self._card.show_keys(config.client_keys, today(), do_count=bool(config.api_key))
        self._card.setVisible(bool(config.api_key or config.client_keys))

    def _do(self, name: str, action: str) -> None:
        if action == _REMOVE:
            words = _tr("Removed the key of {name}").format(name=name)
            self._bridge.edit(lambda raw: without_device(raw, name), words)
        else:
            self._copy(name)

    def _copy(self, name: str) -> None:
        found = next((key for key in self._bridge.config.client_keys if key.name == name), None)
        if found is None:
            return
        if is_unresolved(found.key):
            self._card.show_problem(_not_there(found))
        else:
            self._card.show_problem("")
            self._card.copied.copy(name, found.key)

    async def _added(self) -> None:
        days = ChoiceBox(_tr("Valid"))
        days.set_choices(_ends())
        name = await ask_name(
            self._card.window(),
            _tr("Add device"),
            _tr("Make a key"),
            "",
            lambda text: checked_device(text, self._bridge.raw),
            FormRow(_tr("Valid"), days),
        )
        if not name:
            return
        count = int(days.current())
        ends = today() + timedelta(days=count) if count else None
        self._card.show_problem("")
        stored = device_key(name, names_in(self._bridge.raw))
        made = with_made_key(stored, lambda raw: with_device(raw, name, stored, ends))
        try:
            words = _tr("Made a key for {name}").format(name=name)
            await self._bridge.edited_keys(made, self._secrets, words)
        except SecretError as exc:
            told = _tr("The key can't be kept. {problem}.")
            self._card.show_problem(told.format(problem=in_words(exc.title)))


def _ends() -> list[tuple[str, str]]:
    """By the number of days; the first is chosen."""
    return [
        (_WITHOUT_END, _tr("Until it is removed")),
        ("30", _tr("For 30 days")),
        ("90", _tr("For 90 days")),
        ("365", _tr("For a year")),
    ]


def _row(key: ClientKey, now: date) -> Row:
    is_usable = not (key.is_over(now) or is_unresolved(key.key))
    return Row(
        key=key.name,
        title=key.name,
        subtitle=_validity(key, now),
        state="running" if is_usable else "attention",
        monogram=key.name,
    )


def _validity(key: ClientKey, now: date) -> str:
    if is_unresolved(key.key):
        return _not_there(key)
    if key.expires is None:
        return _tr("Until it is removed")
    day = QLocale().toString(
        QDate(key.expires.year, key.expires.month, key.expires.day), QLocale.FormatType.ShortFormat
    )
    words = _tr("Expired on {day}") if key.is_over(now) else _tr("Until {day}")
    return words.format(day=day)


def _not_there(key: ClientKey) -> str:
    if key.key.startswith("$"):
        return _tr("The variable with this key is not set.")
    return _tr("The password store does not give this key.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
