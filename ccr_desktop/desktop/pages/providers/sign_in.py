"""Signs a person in whose key a field is for; it is stored with the form, as typed ones are."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ccr_desktop.core.credentials.copilot import github_of
from ccr_desktop.core.setup.drafts import read_entry
from ccr_desktop.core.setup.keys import signs_in_at
from ccr_desktop.core.upstream.signing_in import sign_in
from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import ask
from ccr_desktop.desktop.pages.providers.sign_in_dialog import SignInDialog
from ccr_desktop.errors import CcrError, as_sentences

if TYPE_CHECKING:
    from ccr_desktop.core.credentials.device_code import DeviceCode
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.key_field import KeyField


@dataclass(slots=True)
class Waiting:
    """For one sign-in. A page that is built anew meanwhile has another field for its key."""

    field: KeyField
    is_over: bool = False


class SignIn(QObject):
    """Lives as long as its field. *entry* is the provider as it is in the form."""

    def __init__(self, field: KeyField, desk: Desk, entry: Callable[[], JsonObject]) -> None:
        super().__init__(field)
        self._field = field
        self._desk = desk
        self._entry = entry
        self._waiting = Waiting(field, is_over=True)
        field.sign_in_wanted.connect(self._begin)
        Draft(self, "sign-in", self._hold, self._take)

    def show(self) -> None:
        """Offer it where a person can sign in."""
        self._field.show_sign_in(signs_in_at(self._entry()))

    def _hold(self) -> Waiting | None:
        return None if self._waiting.is_over else self._waiting

    def _take(self, waiting: object) -> None:
        if isinstance(waiting, Waiting):
            waiting.field = self._field
            self._waiting = waiting

    def _begin(self) -> None:
        """Once, however often the button is pressed before the dialog is over it."""
        if self._waiting.is_over:
            self._waiting = Waiting(self._field)
            self._desk.bridge.do(self._sign_in(self._waiting), self.tr("Signing in"))

    async def _sign_in(self, waiting: Waiting) -> None:
        """The dialog ends the asking, and what was asked for the dialog."""
        entry = self._entry()
        dialog = SignInDialog(signs_in_at(entry), self._field.window())
        asking = self._desk.bridge.do(self._ask(entry, dialog, waiting), self.tr("Signing in"))
        try:
            await ask(dialog)
        finally:
            waiting.is_over = True
            asking.cancel()
            dialog.deleteLater()

    async def _ask(self, entry: JsonObject, dialog: SignInDialog, waiting: Waiting) -> None:
        def show(code: DeviceCode) -> None:
            dialog.show_code(code.user_code, code.page)

        bridge = self._desk.bridge
        github = github_of(str(entry.get("api_base_url") or ""))
        provider = read_entry(entry, bridge.raw, os.environ).provider
        proxy_url = provider.proxy_url if provider else ""
        try:
            key = await sign_in(bridge.config, github, show, proxy_url)
        except CcrError as exc:
            dialog.reject()
            waiting.field.show_error(in_words(as_sentences(exc)))
        else:
            dialog.accept()
            waiting.field.take(key)
