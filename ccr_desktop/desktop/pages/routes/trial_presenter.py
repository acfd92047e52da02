"""Asks the router what "Try it" wants to know, a moment after each change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt, QTimer, Signal

from ccr_desktop.desktop.dialogs import pick_folder
from ccr_desktop.desktop.explaining import explained, own_prompts
from ccr_desktop.desktop.pages.routes.past_requests import past_choice
from ccr_desktop.desktop.pages.routes.told import told_decision, told_error
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.trial import trial_of
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.routes.try_it import TryIt
    from ccr_desktop.desktop.trial import Trial

_STILL_MS = 300
_OPENED = "routes.tryIt"


class TrialPresenter(QObject):
    """Only the newest question is answered. `answered` gives the decision, or the refusal.

    It gives None when nobody asks any more. Closed, the view still tells the answer in its line.
    """

    answered = Signal(object)

    def __init__(self, view: TryIt, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._bridge = desk.bridge
        self._memory = desk.memory
        self._question = 0
        self._is_opened = False  # not asked of the view, which goes away part by part
        self._still = QTimer(self, interval=_STILL_MS, singleShot=True)
        self._still.timeout.connect(self._begin)
        self._seen = InSight(view, self._begin)
        if view.is_made:
            self._follow_form()
        else:
            view.made.connect(self._follow_form)
        queued = Qt.ConnectionType.QueuedConnection
        desk.bridge.config_changed.connect(self._ask_soon, queued)
        desk.bridge.overview_changed.connect(self._ask_soon, queued)
        view.opened_changed.connect(self._opened)
        self._is_opened = view.is_opened()
        view.set_opened(desk.memory.get(_OPENED, False))
        self._seen.ask()

    def _follow_form(self) -> None:
        form = self._view.form
        form.changed.connect(self._ask_soon)
        form.folder_wanted.connect(
            lambda: self._bridge.do(self._pick_folder(), self.tr("Choosing a folder"))
        )
        form.past_wanted.connect(self._offer_past)
        form.past_picked.connect(self._take_past)
        form.note_wanted.connect(self._say_what_is_kept)

    def _opened(self, opened: bool) -> None:
        self._is_opened = opened
        self._memory.set(_OPENED, opened)
        if not opened:
            self._question += 1
            self.answered.emit(None)
        self._ask_soon()

    def _ask_soon(self) -> None:
        self._still.start()

    def _begin(self) -> None:
        if not self._view.isVisible():
            self._seen.ask()
            return
        self._question += 1
        trial = self._view.trial()
        self._bridge.do(self._ask(trial, self._question), self.tr("Trying it out"))

    async def _ask(self, trial: Trial, question: int) -> None:
        prompts = await own_prompts(trial)
        answer: Decision | CcrError
        try:
            asked = replace(trial, prompts=prompts)
            answer = await explained(asked, self._bridge.host, self._bridge.config)
            told = told_decision(answer)
        except CcrError as exc:
            answer, told = exc, told_error(exc)
        if question == self._question:
            self._view.show_told(told)
            self.answered.emit(answer if self._is_opened else None)

    async def _pick_folder(self) -> None:
        folder = await pick_folder(self._view, self.tr("Folder that is worked in"))
        if folder:
            self._view.form.folder.setText(str(folder))

    def _offer_past(self) -> None:
        entries = self._bridge.journal.entries
        if entries:
            self._view.form.offer_past([past_choice(entry) for entry in entries])
        else:
            note = self.tr("Nothing has passed through since this app was started.")
            self._view.form.show_note(note)

    def _take_past(self, request_id: str) -> None:
        entry = self._bridge.journal.entry(request_id)
        if entry is None:
            return
        self._view.form.show_past(request_id, trial_of(entry))
        self._say_what_is_kept(request_id)

    def _say_what_is_kept(self, request_id: str) -> None:
        entry = self._bridge.journal.entry(request_id)
        if entry is None:
            return
        note = self.tr(
            "As at {time}: its time of day, model and folder. It was refused before more was kept"
            " of it: conditions about the rest are marked “not known”."
        )
        kept = self.tr(
            "As at {time}: its time of day, model, size, folder, tools, thinking and streaming."
            " What was said, headers and other members are not kept: conditions about them are"
            " marked “not known” until you type the text above."
        )
        words = (kept if entry.asked else note).format(time=_time(entry))
        self._view.form.show_note(words)


def _time(entry: Entry) -> str:
    when = QDateTime.fromMSecsSinceEpoch(round(entry.at_s * 1000))
    return QLocale().toString(when.time(), QLocale.FormatType.ShortFormat)
