"""Connects the section about keys with the key store: every call is made in its own thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.secrets import PREFIX, MemorySecrets, Place, WayOut
from ccr_desktop.core.secrets.state import CONSENT, HOW_TO_ADD_ONE
from ccr_desktop.core.setup.edits import provider_entries
from ccr_desktop.core.setup.history import states_of
from ccr_desktop.core.setup.key_moves import KeyPlace, default_variable, places_elsewhere, plan_move
from ccr_desktop.core.setup.key_moving import VariableKeyMissing, apply_move
from ccr_desktop.core.setup.keys import KeyState, key_state, references
from ccr_desktop.core.setup.unused_keys import UnusedKey, forget_key, unused_keys
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import Answer, cancel, choose
from ccr_desktop.desktop.lasting_variables import how_to_set
from ccr_desktop.desktop.pages.settings.passphrase import ask_passphrase
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.ways_out import can_ask_again, status_of
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import Secrets, SecretStore, StoreStatus
    from ccr_desktop.core.setup.key_moving import Moved
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.keys import KeysView

    Work = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class KeysSeen:
    """How the store in use is, the system's own, and where the key of each provider is."""

    status: StoreStatus
    keyring: StoreStatus
    keys: tuple[tuple[str, KeyState], ...]
    elsewhere: Mapping[str, tuple[KeyPlace, ...]]
    """Where the keys of each provider could go."""
    unused: tuple[UnusedKey, ...] = ()


def look_at(secrets: Secrets, raw: JsonObject, store: ConfigStore) -> KeysSeen:
    """Asks nobody to unlock anything. Blocks."""
    status = secrets.status()
    keys = tuple(
        (str(entry.get("name", "")).strip(), _state(entry, secrets, status))
        for entry in provider_entries(raw)
    )
    elsewhere = {name: places_elsewhere(raw, name) for name, _ in keys}
    unused = unused_keys(raw, states_of(store), secrets) if status.is_ready else ()
    return KeysSeen(status, secrets.keyring_status(), keys, elsewhere, unused)


def _state(entry: JsonObject, secrets: Secrets, status: StoreStatus) -> KeyState:
    if status.is_ready:
        return key_state(entry, os.environ, secrets)
    text = str(entry.get("api_key") or "").strip()
    if text.startswith(PREFIX):
        return KeyState("keyring", False, text, in_words(status.title))
    return key_state(entry, os.environ, MemorySecrets())


class KeysPresenter(QObject):
    """Lives as long as its view."""

    def __init__(self, desk: Desk, view: KeysView) -> None:
        super().__init__(view)
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._view = view
        view.add_wanted.connect(lambda: self._bridge.page_wanted.emit("providers/add"))
        view.way_out_wanted.connect(self._way_out)
        view.all_wanted.connect(lambda place: self._do(lambda: self._move_all(place)))
        view.move_wanted.connect(lambda name, place: self._do(lambda: self._move(name, place)))
        view.again_wanted.connect(self._ask_again)
        view.removal_wanted.connect(lambda name: self._do(lambda: self._remove(name)))
        self._refused: Work | None = None
        # The store may have been locked or opened, and keys put there, by other programs.
        seen = InSight(view.section, self.look, each_time=True)
        self._bridge.config_changed.connect(seen.ask, Qt.ConnectionType.QueuedConnection)
        seen.ask()

    def look(self) -> None:
        doing = self.tr("Asking the password store")  # which only a view that is there can say
        self._bridge.do(self._look(), doing)

    async def _look(self) -> None:
        raw = self._bridge.raw
        store = self._bridge.store
        self._view.show_keys(await self._secrets.run(lambda secrets: look_at(secrets, raw, store)))

    def _do(self, work: Work, *, unlocks: bool = False) -> None:
        """Whatever comes of it, what is shown is how things are afterwards."""
        task = self._bridge.do(
            self._tried(work, unlocks=unlocks), self.tr("Changing where keys are")
        )
        afterwards(task, self.look)

    async def _tried(self, work: Work, *, unlocks: bool) -> None:
        """What the store refuses is told here, with a way to ask it again, until the next try."""
        self._view.forget()
        try:
            if unlocks:
                await self._unlock("")
            await work()
        except SecretError as exc:
            self._refused = work
            text = in_words(" ".join(filter(None, (f"{exc.title}.", exc.detail))))
            can_ask = can_ask_again(status_of(self._bridge.store.secrets, exc))
            self._view.tell_refusal(text, can_ask_again=can_ask)

    def _ask_again(self) -> None:
        if self._refused is not None:
            self._do(self._refused, unlocks=True)

    @property
    def _window(self) -> QWidget:
        return self._view.section.window()

    # -- the store -------------------------------------------------------------------------

    def _way_out(self, way: WayOut) -> None:
        match way:
            case WayOut.UNLOCK | WayOut.SET_UP | WayOut.ASK_AGAIN:
                self._do(lambda: self._unlock(""))
            case WayOut.PASSPHRASE:
                self._do(self._unlock_by_passphrase)
            case WayOut.USE_FILE:
                self._do(self._use_file)
            case WayOut.ADD_STORE:
                self._view.tell(in_words(HOW_TO_ADD_ONE))
            case WayOut.SET_ASIDE:
                self._do(self._set_aside)

    async def _unlock(self, passphrase: str) -> None:
        """Keys can be read from now on: providers get them."""
        if (await self._secrets.unlock(passphrase)).is_ready:
            await self._bridge.reload()

    async def _unlock_by_passphrase(self) -> None:
        passphrase = await ask_passphrase(
            self._window,
            self.tr("Passphrase of the protected file"),
            [self.tr("Your keys are in it. The passphrase is kept until the app ends.")],
            "",
            self.tr("Unlock"),
        )
        if passphrase:
            await self._unlock(passphrase)

    async def _use_file(self) -> None:
        passphrase = await self._consent(self.tr("Keep keys in a protected file?"))
        if passphrase is not None:
            await self._secrets.use_file(passphrase)
            await self._bridge.reload()

    async def _consent(self, title: str) -> str | None:
        """The passphrase that is wanted, maybe none; None without consent."""
        return await ask_passphrase(
            self._window,
            title,
            [in_words(CONSENT)],
            self.tr("Optional. Nobody can tell it to you when you have forgotten it."),
            self.tr("Use the file"),
            twice=True,
        )

    async def _set_aside(self) -> None:
        answer = await choose(
            self._window,
            self.tr("Set the protected file aside?"),
            self.tr(
                "It is kept under another name, with the keys in it. Until you enter your keys"
                " again, providers that need one do not work."
            ),
            [cancel(), Answer("go", self.tr("Set it aside"), "danger")],
        )
        if answer:
            kept = await self._secrets.run(lambda secrets: secrets.set_file_aside())
            self._view.tell(self.tr("It is now {path}.").format(path=kept))

    async def _move_all(self, to: Place) -> None:
        passphrase: str | None = ""
        if to is Place.FILE:
            passphrase = await self._consent(self.tr("Move all keys to a protected file?"))
        elif not await self._may_leave_file():
            return
        if passphrase is None:
            return
        known = [text.removeprefix(PREFIX) for _, text in references(self._bridge.raw)]
        moved = await self._secrets.move_all(to, known, passphrase)
        await self._bridge.reload()
        if moved.left:
            words = self.tr("The old place did not let go of these: {names}")
            self._view.tell(words.format(names=lists.names(moved.left)))

    async def _may_leave_file(self) -> bool:
        answer = await choose(
            self._window,
            self.tr("Move all keys to the system's password store?"),
            self.tr("The protected file is removed once every key can be read there."),
            [cancel(), Answer("go", self.tr("Move them"), "primary")],
        )
        return answer == "go"

    async def _remove(self, name: str) -> None:
        """A key that nothing uses; an undo brings it back."""

        def remove(raw: JsonObject, _store: ConfigStore, secrets: SecretStore) -> Moved:
            return forget_key(raw, name, secrets)

        words = self.tr("Removed the stored key of {name}").format(name=name)
        await self._bridge.edited_keys(remove, self._secrets, words)

    # -- one key ---------------------------------------------------------------------------

    async def _move(self, provider: str, to: KeyPlace) -> None:
        if not await self._may_move(provider, to):
            return

        def move(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
            change = plan_move(raw, provider, to, is_plain=to is KeyPlace.FILE)
            return apply_move(change, store, secrets, os.environ)

        done = self.tr("Moved the key of {name}").format(name=provider)
        try:
            moved = await self._bridge.edited_keys(move, self._secrets, done)
        except VariableKeyMissing as exc:
            kept = self.tr("The key stays where it is.")
            self._view.tell(f"{kept} {how_to_set((exc.variable,))}")
            return
        if moved is None:
            return
        if moved.still_in:
            words = self.tr("The key can still be read in {files}. Delete what you do not need.")
            self._view.tell(words.format(files=lists.names(map(str, moved.still_in))))
        elif moved.to_set:
            self._view.tell(how_to_set(moved.to_set))

    async def _may_move(self, provider: str, to: KeyPlace) -> bool:
        """Into the key store keys go at once; any other way is a step back, and asked about."""
        if to is KeyPlace.KEYRING:
            return True
        if to is KeyPlace.FILE:
            title = self.tr("Write the key of {name} into the settings file?")
            text = self.tr("Whoever reads the file has the key: also backups and syncing.")
        else:
            title = self.tr("Take the key of {name} from the environment?")
            words = self.tr("The settings file then names the variable {variable}.")
            text = words.format(variable=default_variable(provider))
        answer = await choose(
            self._window,
            title.format(name=provider),
            text,
            [cancel(), Answer("go", self.tr("Do it"), "primary")],
        )
        return answer == "go"
