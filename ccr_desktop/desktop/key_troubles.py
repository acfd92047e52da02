"""Keys that the password store is late with, or refuses: said over every page, with ways out."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ccr_desktop.core.secrets import Place, StoreState
from ccr_desktop.desktop import language
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.state import Toast
from ccr_desktop.desktop.ways_out import can_ask_again, status_of
from ccr_desktop.errors import SecretError, sentences

if TYPE_CHECKING:
    from ccr_desktop.desktop.banners import Button
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.widgets.banner import Level
    from ccr_desktop.desktop.window import Window

_KEYS = "keys"
_LOOK_EVERY_MS = 5000
_MAY_END_ELSEWHERE = frozenset({StoreState.LOCKED, StoreState.MISSING})


class KeyTroubles(QObject):
    """Lives as long as the window.

    A store that is locked, or not there, may be opened or started by another program. While keys
    are missed it is therefore looked at, which asks nobody, and once it is ready they are read.
    """

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window)
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._window = window
        self._told: object = None
        self._is_asking = False
        self._is_following = False
        self._was_ready = False
        self._timer = QTimer(self, singleShot=True, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(
            lambda: self._bridge.do(self._look_at_store(), self.tr("Asking the password store"))
        )
        self._bridge.overview_changed.connect(self._look)
        self._bridge.config_changed.connect(self._look)
        language.current().changed.connect(self._reword)
        self._look()

    def _reword(self) -> None:
        self._told = None
        self._look()

    def _look(self) -> None:
        store, waits = self._bridge.store, self._bridge.overview.awaits_keys
        self._follow(store.keys_problem)
        if self._is_asking:
            return
        state = "waiting" if waits else store.keys_problem, self._lacks_none()
        if state == self._told:
            return
        self._told = state
        if waits:
            self._tell_of_waiting()
        elif store.keys_problem:
            self._tell_of(store.keys_problem)
        else:
            self._window.banners.take_away(_KEYS)

    def _lacks_none(self) -> bool:
        """Whether each key is still known that the store does not give now."""
        problem, issues = self._bridge.store.keys_problem, self._bridge.config.issues
        return problem is not None and all(one.problem != f"{problem.title}." for one in issues)

    def _follow(self, problem: SecretError | None) -> None:
        if problem is None:
            self._is_following = False
        elif not self._is_following:
            self._is_following = True
            self._was_ready = problem.state not in _MAY_END_ELSEWHERE
            self._timer.start()

    async def _look_at_store(self) -> None:
        """Keys are read once for each time that it becomes ready: to read may ask a person."""
        if not self._is_following:
            return
        is_ready = False
        with suppress(SecretError):  # it does not answer: no more than that it is not ready
            is_ready = (await self._secrets.run(lambda secrets: secrets.look_anew())).is_ready
        is_news, self._was_ready = is_ready and not self._was_ready, is_ready
        self._timer.start()
        if is_news and self._bridge.store.keys_problem:
            await self._bridge.reload()

    def _tell_of_waiting(self) -> None:
        text = self.tr(
            "Your password store has not given all keys yet. If a window asks you to unlock it,"
            " answer it. What needs no key from there works meanwhile."
        )
        self._window.banners.put(_KEYS, "info", text, self._where_keys_are())

    def _tell_of(self, problem: SecretError) -> None:
        told = status_of(self._bridge.store.secrets, problem)
        level: Level = "warn"
        rest = in_words(told.text)
        if self._lacks_none():
            level = "info"
            rest = self.tr("The keys that it gave before stay in use until the app ends.")
        text = sentences(in_words(told.title), rest)
        if can_ask_again(told):
            self._put_with_way_out(level, text, is_locked=told.state is StoreState.LOCKED)
        else:
            self._window.banners.put(_KEYS, level, text, self._where_keys_are())

    def _put_with_way_out(self, level: Level, text: str, *, is_locked: bool) -> None:
        words = self.tr("Unlock") if is_locked else self.tr("Ask again")
        ask = (words, lambda: self._bridge.do(self._ask_again(is_locked=is_locked), words))
        self._window.banners.put(_KEYS, level, text, ask, self._where_keys_are())

    def _where_keys_are(self) -> Button:
        return self.tr("Show keys"), lambda: self._window.show_page("settings/keys")

    async def _ask_again(self, *, is_locked: bool) -> None:
        """That it is under way, and how it ended, is said where the button is."""
        if self._is_asking:
            return
        self._is_asking = True
        words = self.tr("Asking your password store. If a window asks you to unlock it, answer it.")
        self._put_with_way_out("info", words, is_locked=is_locked)
        try:
            found = await self._secrets.unlock()
            if found.is_ready:
                await self._bridge.reload()
        except SecretError as exc:
            self._tell_of(exc)
            return
        finally:
            self._is_asking = False
        if found.state is StoreState.DENIED and found.place is Place.KEYRING:
            self._tell_of_dismissal()
            return
        self._reword()
        if self._bridge.store.keys_problem is None:
            self._window.show_toast(Toast(self.tr("Your password store gave the keys")))

    def _tell_of_dismissal(self) -> None:
        text = self.tr(
            "Your password store gave no keys: its question was put away. If you saw none, unlock"
            " it in the program that manages your passwords; the keys are used once it is open."
        )
        self._put_with_way_out("warn", text, is_locked=False)
