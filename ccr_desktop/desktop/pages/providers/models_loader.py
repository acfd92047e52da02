"""Asks a provider for its models while its form is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.desktop.core_words import in_words, title_words
from ccr_desktop.desktop.pages.providers.connection import Candidate, read_candidate
from ccr_desktop.errors import CcrError, as_sentences

if TYPE_CHECKING:
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.models_section import ModelsSection


class ModelsLoader(QObject):
    """Lives as long as its section; what fails is told there, and nowhere else."""

    def __init__(
        self, section: ModelsSection, desk: Desk, candidate: Callable[[], Candidate]
    ) -> None:
        super().__init__(section)
        self._section = section
        self._desk = desk
        self._candidate = candidate
        self._task: asyncio.Task[None] | None = None
        section.load_wanted.connect(self.load)
        section.cancel_wanted.connect(self.cancel)

    def load(self) -> None:
        """Ask anew, with what is in the form now."""
        self._drop()
        candidate = self._candidate()
        vendor = title_words(candidate.template) if candidate.template else candidate.name
        self._section.show_loading(vendor or self.tr("the provider"))
        self._task = self._desk.bridge.do(self._load(candidate), self.tr("Loading the models"))

    def cancel(self) -> None:
        if self._drop():
            self._section.show_failed("")

    def _drop(self) -> bool:
        task, self._task = self._task, None
        return task is not None and task.cancel()

    async def _load(self, candidate: Candidate) -> None:
        try:
            reading = await read_candidate(candidate, self._desk)
            if reading.provider is None:
                self._section.show_failed(self.tr("Give the address of the provider first."))
                return
            names = await list_models(self._desk.bridge.config, reading.provider)
        except CcrError as exc:
            self._section.show_failed(in_words(as_sentences(exc)))
        else:
            self._section.show_loaded(names)
