"""Changes to the configuration from the window: each takes effect at once and can be undone."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.files import encode
from ccr_desktop.core.config.origins import Origin, Source
from ccr_desktop.core.config.origins import Step as Act
from ccr_desktop.core.setup.history import content_of, states_of
from ccr_desktop.core.setup.window_changes import window_changes
from ccr_desktop.desktop.core_words import placed_words
from ccr_desktop.errors import ClientError, ConfigConflict, ConfigError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.secrets.worker import StoreWorker
    from ccr_desktop.core.setup.history import State
    from ccr_desktop.core.setup.key_moving import Moved

    Edit = Callable[[JsonObject], JsonObject]
    KeyEdit = Callable[[JsonObject, ConfigStore, SecretStore], Moved]
    Keys = Mapping[str, str | None]

_REMEMBERED = 50
_LAST_CHANGES_S = 2.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A state of the file: what it says, and its text."""

    raw: JsonObject
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One change: what it was called, and the file before and after it, content and text.

    The text comes back byte for byte, comments and all. `keys_before` and `keys_after` are what
    the store of keys had for the names that it touched.
    """

    words: str
    before: Kept
    after: Kept
    keys_before: Keys = field(default_factory=dict, repr=False)
    keys_after: Keys = field(default_factory=dict, repr=False)
    secrets: StoreWorker | None = None


class Editor:
    """Saves edits of the raw configuration and has them used from the next request on.

    `use` puts a saved configuration in force. `may_lose_comments` is asked once before the first
    save that would write anew a file with a setting twice; without its consent nothing is saved.
    """

    def __init__(
        self,
        store: ConfigStore,
        use: Callable[[Config], Awaitable[None]],
        may_lose_comments: Callable[[], Awaitable[bool]],
    ) -> None:
        self._store = store
        self._use = use
        self._may_lose_comments = may_lose_comments
        self._done: deque[Step] = deque(maxlen=_REMEMBERED)
        self._undone: list[Step] = []
        self._turn = asyncio.Lock()
        self._knows_earlier = False
        self.others_words: Callable[[], Awaitable[str]] | None = None
        """Asks whether an undo may take back what was changed elsewhere; its words, empty: no."""
        self.may_replace_others: Callable[[], Awaitable[bool]] | None = None
        """Asks whether a redo may replace what was changed elsewhere."""

    @property
    def undo_words(self) -> str:
        """What an undo would take back; empty when there is nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def redo_words(self) -> str:
        return self._undone[-1].words if self._undone else ""

    async def change(self, edit: Edit, words: str) -> bool:
        """Apply *edit* to the file as it is now; False when nothing was changed.

        Raises `ConfigError` when the result can't be used and what *edit* raises; the file and
        the running configuration stay as they are then.
        """
        async with self._turn:
            if not await self._text_may_go():
                return False
            origin = Origin(Source.WINDOW, words)
            before, after = await asyncio.to_thread(self._save, edit, origin)
            if after.raw == before.raw:
                return False
            await self._did(Step(words, before, after))
            return True

    async def settle(self, within_s: float = _LAST_CHANGES_S) -> None:
        """Return once the changes that wait for their turn are saved, as at the end of the app.

        One may ask a person, who may be gone, or a store of keys: these are not waited for.
        """
        await asyncio.sleep(0)  # who was just asked to change something has its turn before this
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s), self._turn:
                pass

    async def change_text(self, data: bytes, base: str, words: str) -> bool:
        """Save a text as it is, as a step that can be undone.

        Raises `ConfigConflict` when the file is not the one that the revision *base* stands for,
        and `ConfigError` when it can't be used.
        """

        def save() -> None:
            self._store.save_text(data, base=base)

        async with self._turn:
            await self._replaced(save, words, Origin(Source.WINDOW, words))
            return True

    async def restore(self, version: str, words: str, base: str | None = None) -> bool:
        """Make a former version of the file the present one, as a step that can be undone.

        Raises `ConfigConflict` when the file is not the one that the revision *base* stands for,
        or that was read last, and `ClientError` when that version can't be used.
        """

        def save() -> None:
            try:
                self._store.restore(version, base=base)
            except ConfigError as exc:
                stays = _tr("Nothing was restored: the settings stay as they are.")
                reason = f"{placed_words(exc.issues[0])} {stays}"
                raise ClientError(_tr("That version can't be used"), reason) from exc

        async with self._turn:
            await self._replaced(save, words, Origin(Source.WINDOW, words, Act.RESTORE))
            return True

    async def _replaced(self, save: Callable[[], None], words: str, origin: Origin) -> None:
        def work() -> tuple[Kept, Kept]:
            before = self._kept()
            with self._store.noting(origin):
                save()
            return before, self._kept()

        before, after = await asyncio.to_thread(work)
        await self._did(Step(words, before, after))

    async def _did(self, step: Step) -> None:
        self._done.append(step)
        self._undone.clear()
        await self._use(self._store.config)

    def _kept(self) -> Kept:
        """The file as it stands; one that is not there is the text of nothing."""
        try:
            raw = dict(self._store.written.raw)
        except ConfigError:  # nothing in it can be read
            raw = {}
        return Kept(raw, self._store.present.data or encode(raw))

    async def change_keys(self, edit: KeyEdit, secrets: StoreWorker, words: str) -> Moved | None:
        """Have *edit* store keys and save the file that refers to them; None: nothing was done.

        It gets the file as it is now, in the thread of *secrets*. Raises what it raises.
        """
        async with self._turn:
            if not await self._text_may_go():
                return None
            before = await asyncio.to_thread(self._kept)
            origin = Origin(Source.WINDOW, words)
            moved, keys = await secrets.run(lambda store: self._moved(edit, store, origin))
            after = await asyncio.to_thread(self._kept)
            await self._did(Step(words, before, after, moved.stored_before, keys, secrets))
            return moved

    async def undo(self) -> str:
        """Take the last change back; its words, empty when there was none or nobody wants that.

        What was changed elsewhere since then is a change of its own, and the last one. Before the
        first one from here come those of earlier runs of the app.
        """
        async with self._turn:
            await self._recall()
            if not self._done:
                return ""
            try:
                return await self._undo(self._done[-1])
            except ConfigConflict:
                if self.others_words is None:
                    raise
            except ConfigError as exc:
                self._done.pop()  # it would be in the way of those before it
                raise ClientError(
                    _tr("The file as it was before that can't be used"),
                    _tr("It stays as it is now. Earlier versions are in the history."),
                ) from exc
            return await self._undo_of_others(await self.others_words())

    async def recall(self) -> None:
        """Know the changes of earlier runs of the app, where none from here is left."""
        async with self._turn:
            await self._recall()

    async def _recall(self) -> None:
        if not self._done and not self._knows_earlier:
            self._knows_earlier = True
            self._done.extend(await asyncio.to_thread(self._earlier))

    def _earlier(self) -> list[Step]:
        steps: list[Step] = []
        for change in window_changes(states_of(self._store)):
            before, after = _kept_of(change.before), _kept_of(change.after)
            if before and after:
                steps.append(Step(change.words, before, after))
            else:
                steps.clear()  # those before it don't lead on
        return steps

    async def _undo(self, step: Step) -> str:
        origin = Origin(Source.WINDOW, step.words, Act.UNDO)
        await self._replace(step.after, step.before, step.keys_before, step.secrets, origin)
        self._undone.append(self._done.pop())
        return step.words

    async def _undo_of_others(self, words: str) -> str:
        """Back to what the last change from here came to; the way there again is one step."""
        if not words:
            return ""
        others = Step(words, self._done[-1].after, await asyncio.to_thread(self._kept))
        origin = Origin(Source.WINDOW, words, Act.UNDO)
        await self._replace(others.after, others.before, {}, None, origin)
        if self._undone and self._undone[-1].before.raw != others.after.raw:
            self._undone.clear()  # they would not lead on from there
        self._undone.append(others)
        return words

    async def redo(self) -> str:
        """Do what was undone again; its words, empty when there is none or nobody wants that."""
        async with self._turn:
            if not self._undone:
                return ""
            try:
                return await self._redo(self._undone[-1])
            except ConfigConflict:
                if self.may_replace_others is None:
                    raise
            if not await self.may_replace_others():
                return ""
            return await self._redo(await self._from_here(self._undone[-1]))

    async def _redo(self, step: Step) -> str:
        origin = Origin(Source.WINDOW, step.words, Act.REDO)
        await self._replace(step.before, step.after, step.keys_after, step.secrets, origin)
        self._undone.pop()
        self._done.append(step)
        return step.words

    async def _from_here(self, step: Step) -> Step:
        """*step*, whose undo comes back to the file and the keys as they are now."""
        before, keys = await asyncio.to_thread(self._kept), step.keys_before
        if step.secrets is not None:
            names = tuple(step.keys_after)
            keys = await step.secrets.run(lambda store: {name: store.get(name) for name in names})
        return replace(step, before=before, keys_before=keys)

    async def _replace(
        self, expected: Kept, wanted: Kept, keys: Keys, secrets: StoreWorker | None, origin: Origin
    ) -> None:
        def save() -> None:
            with self._store.noting(origin):
                self._store.save_text(wanted.data)

        if secrets is None:
            await asyncio.to_thread(self._when_it_is, expected, save)
        else:
            await secrets.run(lambda store: self._save_with_keys(expected, save, keys, store))
        await self._use(self._store.config)

    def _when_it_is(self, expected: Kept, save: Callable[[], None]) -> None:
        """Save while the file says what it did then; one that changed meanwhile is read again."""
        try:
            self._refuse_others(expected)
            save()
        except ConfigConflict:
            with self._store.alone():  # else a third program may change it again
                with suppress(ConfigError):
                    self._store.reload()
                self._refuse_others(expected)
                save()

    def _refuse_others(self, expected: Kept) -> None:
        if self._kept().raw != expected.raw:
            raise ConfigConflict(
                _tr("The settings were changed elsewhere since"),
                _tr("This step would lose that. Earlier states are in the history."),
            )

    def _save_with_keys(
        self, expected: Kept, save: Callable[[], None], keys: Keys, secrets: SecretStore
    ) -> None:
        """Keys come before the file that refers to them, and go after it; or all stays."""
        self._refuse_others(expected)  # before anything is touched
        before = {name: secrets.get(name) for name in keys}
        try:
            for name, key in keys.items():
                if key is not None:
                    secrets.set(name, key)
            self._when_it_is(expected, save)  # also where only the keys are others
        except BaseException:
            for name, key in before.items():
                if key is not None:
                    secrets.set(name, key)
                else:
                    secrets.delete(name)
            raise
        for name, key in keys.items():
            if key is None:
                secrets.delete(name)

    def _moved(self, edit: KeyEdit, secrets: SecretStore, origin: Origin) -> tuple[Moved, Keys]:
        def move() -> Moved:
            with self._store.noting(origin, base=self._store.revision):
                return edit(dict(self._store.written.raw), self._store, secrets)

        try:
            moved = move()
        except ConfigConflict:
            with suppress(ConfigError):  # an edit may mend what is wrong with it
                self._store.reload()
            moved = move()
        return moved, {name: secrets.get(name) for name in moved.stored_before}

    def _save(self, edit: Edit, origin: Origin) -> tuple[Kept, Kept]:
        """The file before and after. One that changed meanwhile is read again and edited then."""
        try:
            return self._saved(edit, origin)
        except ConfigConflict:
            with self._store.alone():  # else a third program may change it again
                with suppress(ConfigError):  # an edit may mend what is wrong with it
                    self._store.reload()
                return self._saved(edit, origin)

    def _saved(self, edit: Edit, origin: Origin) -> tuple[Kept, Kept]:
        with self._store.noting(origin, base=self._store.revision):
            before = dict(self._store.written.raw)
            data = self._store.present.data or encode(before)
            after = edit(before)
            if after != before:
                self._store.save(after)
        return Kept(before, data), Kept(after, self._store.present.data)

    async def _text_may_go(self) -> bool:
        would_lose = await asyncio.to_thread(self._store.loses_text)
        return not would_lose or await self._may_lose_comments()


def _kept_of(state: State) -> Kept | None:
    """None for a state that can't be read."""
    raw = content_of(state.data)
    return None if raw is None else Kept(raw, state.data)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Editor", text)
