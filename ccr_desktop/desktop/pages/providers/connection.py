"""The connection test as a part of pages and of the wizard: four steps, shown as they happen.

view = ConnectionTest()                   a widget of `connection_view`
prober = Prober(view, desk, subject)     subject() -> Candidate: what is in the form just now
prober.ended.connect(...)                True when all four steps went well
prober.fix_wanted.connect(...)           a `Fix` that only the form can do: enter a key, use a model
prober.start()                           for the view's `start_wanted`; a running test is begun anew
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ccr_desktop.core.probe import Step, probe
from ccr_desktop.core.setup.drafts import (
    Reading,
    TypedKeys,
    key_in_use,
    read_entry,
    with_typed_key,
)
from ccr_desktop.core.setup.keys import is_local
from ccr_desktop.core.setup.templates import Template
from ccr_desktop.core.upstream.local_servers import start_server, startable
from ccr_desktop.desktop.core_words import in_words, title_words
from ccr_desktop.desktop.pages.providers import trial
from ccr_desktop.desktop.pages.providers.links import open_link
from ccr_desktop.desktop.pages.providers.trial import Fix, Mend, Subject
from ccr_desktop.desktop.reached import TEST, note_reached
from ccr_desktop.errors import CcrError, SecretError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.connection_view import ConnectionTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry of a provider as it is in a form; `key` was typed and is stored nowhere yet."""

    entry: JsonObject
    key: str = field(default="", repr=False)
    model: str = ""
    """Empty: the first one of the entry."""
    template: Template | None = None
    pool_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Further keys that were typed, by the names that the entry has for them."""

    @property
    def name(self) -> str:
        return str(self.entry.get("name") or "").strip()

    @property
    def tried_model(self) -> str:
        models = self.entry.get("models")
        return self.model or next(iter(models if isinstance(models, list) else []), "")

    def tests_as(self, other: Candidate) -> bool:
        """Whether a test of the *other* tells the same; further models in its list do not count."""
        return self._tested() == other._tested()

    def _tested(self) -> tuple[object, ...]:
        entry = {**self.entry, "models": [self.tried_model]}
        return entry, self.key, dict(self.pool_keys)

    def subject(self) -> Subject:
        url = str(self.entry.get("api_base_url") or "")
        return Subject(
            vendor=title_words(self.template) if self.template else self.name,
            model=self.tried_model,
            key_url=self.template.key_url if self.template else "",
            is_local=is_local(url),
            startable=startable(url),
        )


class Prober(QObject):
    """Runs the test of a view. Lives as long as that."""

    ended = Signal(bool)
    fix_wanted = Signal(object)

    def __init__(
        self, view: ConnectionTest, desk: Desk, candidate: Callable[[], Candidate]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._candidate = candidate
        self._task: asyncio.Task[None] | None = None
        self._found: list[Step] = []
        self._tested: Candidate | None = None
        view.stop_wanted.connect(self.stop)
        view.fix_wanted.connect(self._mend)

    def start(self) -> None:
        """Test what is in the form now."""
        self._cancel()
        self._found = []
        self._view.show_trial(trial.running(self._found))
        self._tested = self._candidate()
        work = self._run(self._tested, self._found)
        self._task = self._desk.bridge.do(work, self.tr("Testing the connection"))

    def stop(self) -> None:
        """Break a running test off."""
        if self._cancel():
            self._view.show_trial(trial.stopped(self._found))

    def clear(self) -> None:
        """Forget what was found: the form says something else now."""
        self._cancel()
        self._view.clear()

    def look(self) -> None:
        """Mark what was found of a form that says something else now."""
        trial = self._view.trial
        if self._tested is None or not trial.has_ended:
            return
        is_past = not self._tested.tests_as(self._candidate())
        if is_past != trial.is_past:
            self._view.show_trial(replace(trial, is_past=is_past))

    def _cancel(self) -> bool:
        task, self._task = self._task, None
        return task is not None and task.cancel()

    async def _run(self, candidate: Candidate, found: list[Step]) -> None:
        began = time.perf_counter()
        try:
            await self._probe(candidate, found)
        except SecretError as exc:
            self._view.show_trial(trial.stopped(found, f"{in_words(exc.title)}."))
            self.ended.emit(False)
            return
        except CcrError:
            self._view.show_trial(trial.stopped(found))
            raise
        outcome = trial.ended(found, candidate.subject(), time.perf_counter() - began)
        self._view.show_trial(outcome)
        self.look()
        if outcome.is_good:
            note_reached(self._desk.memory, TEST)
        self.ended.emit(outcome.is_good)

    async def _probe(self, candidate: Candidate, found: list[Step]) -> None:
        reading = await read_candidate(candidate, self._desk)
        if reading.provider is None:
            said = "; ".join(map(str, reading.issues))
            found.append(Step("address", False, said))
            return
        steps = probe(self._desk.bridge.config, reading.provider, candidate.tried_model)
        async with aclosing(steps):
            async for step in steps:
                found.append(step)
                self._view.show_trial(trial.running(found))

    def _mend(self, fix: Fix) -> None:
        match fix.mend:
            case Mend.GET_KEY:
                open_link(fix.value)
            case Mend.START_SERVER:
                self._desk.bridge.do(self._start_server(), fix.label)
            case _:
                self.fix_wanted.emit(fix)

    async def _start_server(self) -> None:
        """Start the program of the address, and test it once it listens."""
        url = str(self._candidate().entry.get("api_base_url") or "")
        self._view.show_trial(trial.running([]))
        try:
            await start_server(url)
        finally:
            self.start()


async def read_candidate(candidate: Candidate, desk: Desk) -> Reading:
    """The provider that a form describes, with its keys. The store may have to be unlocked.

    Raises the store's `SecretError` where it keeps the only key back.
    """
    typed = dict(candidate.pool_keys)
    entry = candidate.entry
    if candidate.key:
        typed[candidate.name] = candidate.key
        entry = with_typed_key(entry)

    def read(store: SecretStore) -> Reading:
        keys = TypedKeys(typed, store, key_in_use(desk.bridge.config, candidate.name))
        reading = read_entry(entry, desk.bridge.raw, os.environ, keys)
        if keys.problem and reading.provider and not reading.provider.api_key:
            raise keys.problem
        return reading

    return await desk.secrets.run(read)
