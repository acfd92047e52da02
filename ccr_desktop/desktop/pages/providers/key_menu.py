"""Where the key of a provider is kept, and moving it elsewhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from ccr_desktop.core.setup.key_moves import (
    KeyPlace,
    checked_variable,
    default_variable,
    places_elsewhere,
    plan_move,
)
from ccr_desktop.core.setup.key_moving import Moved, VariableKeyMissing, apply_move
from ccr_desktop.desktop.dialogs import Answer, ask, cancel, choose
from ccr_desktop.desktop.lasting_variables import how_to_set
from ccr_desktop.desktop.pages.providers.variable_dialog import VariableDialog
from ccr_desktop.errors import ClientError, SecretError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.form_view import ProviderForm

    Start = Callable[[], Coroutine[Any, Any, None]]


class KeyMenu(QObject):
    """Lives as long as its form."""

    moved = Signal()
    """The key of the provider is elsewhere now, and the file says so."""
    refused = Signal(object)
    """A `SecretError`, or a `ClientError` where the key would be lost: it is where it was."""

    def __init__(self, form: ProviderForm, desk: Desk) -> None:
        super().__init__(form)
        self._form = form
        self._desk = desk
        self._menu: QMenu | None = None

    def open(self, provider: str, store: str, *, can_move: bool, is_unsaved: bool = False) -> None:
        """Offer what can be done; *provider* is empty for one that is not saved yet.

        *is_unsaved*: the form has changes, and its key can't be moved for that alone.
        """
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self._form)
        menu.setObjectName("key-places-menu")
        elsewhere = places_elsewhere(self._desk.bridge.raw, provider) if can_move else ()
        if KeyPlace.KEYRING in elsewhere:
            words = self.tr("Keep it in {store}").format(store=store or self.tr("the key store"))
            self._add(menu, words, lambda: self._move(provider, KeyPlace.KEYRING))
        words = self.tr("Use an environment variable…")
        self._add(menu, words, lambda: self._use_variable(provider, can_move=can_move))
        if KeyPlace.FILE in elsewhere:
            words = self.tr("Write it into the settings file…")
            self._add(menu, words, lambda: self._move_to_file(provider))
        if is_unsaved:
            menu.addSeparator()
            menu.addAction(self.tr("To move the key, save the changes first")).setEnabled(False)
        button = self._form.key_field.places_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _add(self, menu: QMenu, words: str, start: Start) -> None:
        action = menu.addAction(words)
        action.triggered.connect(lambda: self._desk.bridge.do(start(), words))

    async def _use_variable(self, provider: str, *, can_move: bool) -> None:
        name = provider or str(self._form.entry().get("name") or "provider")
        dialog = VariableDialog(default_variable(name), self._form.window())
        try:
            if not await ask(dialog):
                return
            variable = checked_variable(dialog.variable.text())
        finally:
            dialog.deleteLater()
        if can_move:
            await self._move(provider, KeyPlace.ENVIRONMENT, variable)
        else:
            self._form.refer_to_key(f"${variable}")

    async def _move_to_file(self, provider: str) -> None:
        title = self.tr("Write the key into the settings file?")
        text = self.tr(
            "Whoever can read the file has the key then: other programs, backups, and everybody"
            " whom you send it to."
        )
        answers = [cancel(), Answer("write", self.tr("Write it"), "danger")]
        if await choose(self._form.window(), title, text, answers) == "write":
            await self._move(provider, KeyPlace.FILE)

    async def _move(self, provider: str, to: KeyPlace, variable: str = "") -> None:
        def move(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
            change = plan_move(raw, provider, to, variable=variable, is_plain=True)
            return apply_move(change, store, secrets, os.environ)

        words = self.tr("Moved the key of {name}").format(name=provider)
        try:
            moved = await self._desk.bridge.edited_keys(move, self._desk.secrets, words)
        except (SecretError, ClientError) as exc:
            self.refused.emit(exc)
            if isinstance(exc, VariableKeyMissing):
                kept = self.tr("The key stays where it is.")
                await self._tell_how(kept, (exc.variable,))
            return
        self.moved.emit()
        if moved is not None and moved.to_set:
            kept = self.tr("The key stays in the key store until then.")
            await self._tell_how(kept, moved.to_set)

    async def _tell_how(self, kept: str, variables: tuple[str, ...]) -> None:
        title = self.tr("Set the variable, then start the app again")
        text = f"{kept} {how_to_set(variables)}"
        answers = [Answer("", self.tr("Close"), "primary")]
        await choose(self._form.window(), title, text, answers)
