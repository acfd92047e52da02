"""Presenter of the third step: the key is tested as it was typed, and stored nowhere yet."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from ccr_desktop.core.probe import unreached
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.providers.connection import Candidate, Prober, read_candidate
from ccr_desktop.desktop.pages.providers.key_keeper import KeyKeeper
from ccr_desktop.desktop.pages.providers.sign_in import SignIn
from ccr_desktop.desktop.pages.providers.trial import (
    Fix,
    Mend,
    ended,
    refused_key,
    running,
    stopped,
)
from ccr_desktop.desktop.wizard.entries import entry_of
from ccr_desktop.desktop.wizard.step import Primary, StepPresenter
from ccr_desktop.errors import (
    CcrError,
    UpstreamListError,
    UpstreamTimeout,
    UpstreamUnreachable,
    as_sentences,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.config.schema import Provider
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.wizard.draft import Progress
    from ccr_desktop.desktop.wizard.key_view import KeyView

AFTER_PASTE_MS = 800
_KEY_STATUSES = frozenset({401, 403})
_WHOLE_KEY = 8  # letters that come at once were pasted, by whatever means


class Key(StepPresenter):
    """`other_wanted` carries the template that a key is of; `address_wanted`: a step back."""

    other_wanted = Signal(object)
    address_wanted = Signal()

    def __init__(self, view: KeyView, desk: Desk, progress: Progress) -> None:
        super().__init__(view, desk, progress)
        self._view = view
        self._prober = Prober(view.test, desk, self.candidate)
        self._keeper = KeyKeeper(view.field.store, desk)
        self._sign_in = SignIn(view.field, desk, lambda: self.candidate().entry)
        self._length = 0
        self._finding: asyncio.Task[None] | None = None
        self._after_paste = QTimer(self, interval=AFTER_PASTE_MS, singleShot=True)
        self._after_paste.timeout.connect(self._begin_test)
        self._connect()

    def _connect(self) -> None:
        field = self._view.field
        field.changed.connect(self._typed)
        field.pasted.connect(lambda _key: self._after_paste.start())
        field.other_wanted.connect(self.other_wanted)
        field.use_anyway.clicked.connect(self._begin_test)
        self._view.environment.clicked.connect(self._toggle_environment)
        self._view.model.textChanged.connect(self._model_typed)
        self._view.test.start_wanted.connect(self._begin_test)
        self._view.test.stop_wanted.connect(self._stop_test)
        self.changed.connect(self._show_whether_it_can_be_tested)
        self._prober.ended.connect(self._ended)
        self._prober.fix_wanted.connect(self._mend)
        self._keeper.status_changed.connect(self._store_changed)
        self.progress.provider_changed.connect(self._forget)

    def candidate(self) -> Candidate:
        """The provider as it is in the form."""
        draft = self.progress.draft
        entry = entry_of(draft)
        typed = self._view.model.text().strip()
        if typed and typed not in entry.get("models", []):
            entry["models"] = [typed, *entry.get("models", [])]
        return Candidate(entry=entry, key=self.progress.key, model=typed, template=draft.template)

    # -- the step --------------------------------------------------------------------------

    def enter(self) -> None:
        draft = self.progress.draft
        self._show_provider()
        if draft.needs_key and not draft.uses_environment:
            self._keeper.look()
        if not draft.needs_key and not self.progress.has_passed:
            self._begin_test()
        self.changed.emit()

    def first_widget(self) -> QWidget | None:
        draft = self.progress.draft
        return self._view.field if draft.needs_key and not draft.uses_environment else None

    def primary(self) -> Primary:
        if self._view.test.trial.is_running:
            return Primary(self.tr("Testing…"), False)
        if self.progress.has_passed:
            return Primary(self.tr("Continue"))
        return Primary(self.tr("Test"), self._can_be_tested())

    def forward(self) -> None:
        if not self.progress.has_passed:
            self._begin_test()
        elif self._can_be_stored():
            self.done.emit()
        else:
            self._ask_for_a_store()

    def take(self, key: str) -> None:
        """Go on with a key that was typed before, without testing it by itself."""
        self._length = len(key)
        self._view.field.secret.edit.setText(key)

    # -- what happens ----------------------------------------------------------------------

    def _show_provider(self) -> None:
        draft, template = self.progress.draft, self.progress.draft.template
        variable = template.env if template and os.environ.get(template.env or "\0") else ""
        self._view.show_provider(
            draft.title,
            needs_key=draft.needs_key,
            may_be=template is None,
            variable=variable,
            uses=draft.uses_environment,
        )
        self._view.field.show_vendor(template, draft.title, draft.url)
        self._sign_in.show()
        knows_models = bool(entry_of(draft).get("models"))
        self._view.model_row.setVisible(not knows_models or bool(self._view.model.text()))

    def _can_be_tested(self) -> bool:
        draft = self.progress.draft
        has_key = bool(self.progress.key) or draft.uses_environment
        is_free = not draft.needs_key or draft.template is None
        return (has_key or is_free) and not self._view.field.is_doubted

    def _show_whether_it_can_be_tested(self) -> None:
        test = self._view.test
        test.button.setEnabled(test.trial.is_running or self._can_be_tested())

    def _can_be_stored(self) -> bool:
        status = self._keeper.status
        return not self.progress.key or status is None or status.is_ready

    def _ask_for_a_store(self) -> None:
        field = self._view.field
        field.row.show_error(self.tr("Say first, below, where this key is to be kept."))
        field.store.ways.focus_first()
        self.reveal_wanted.emit(field)

    def _store_changed(self) -> None:
        if self._can_be_stored():
            self._view.field.row.clear_error()
        self.changed.emit()

    def _typed(self, key: str) -> None:
        came = len(key) - self._length
        self._length = len(key)
        if key != self.progress.key:
            self._view.field.row.clear_error()
            self.progress.key = key
            self._changed()
        else:
            self.changed.emit()  # as when it is to be used though it looks like another vendor's
        if came >= _WHOLE_KEY:
            self._after_paste.start()

    def _model_typed(self) -> None:
        self._changed()

    def _changed(self) -> None:
        self._stop_asking()
        self._view.model_row.clear_error()
        self.progress.has_passed = False
        self._prober.clear()
        self.changed.emit()

    def _stop_asking(self) -> bool:
        """What is asked for was meant for what is in the form no more."""
        self._after_paste.stop()
        finding, self._finding = self._finding, None
        return finding is not None and finding.cancel()

    def _stop_test(self) -> None:
        if self._stop_asking():
            self._view.test.show_trial(stopped([]))
        self.changed.emit()

    def _begin_test(self) -> None:
        self._stop_asking()
        if not self._can_be_tested():
            return
        if self.candidate().tried_model:
            self._prober.start()
        else:
            self._prober.clear()
            self._view.test.show_trial(running([]))
            self._finding = self.desk.bridge.do(
                self._find_model(), self.tr("Asking for the models")
            )
        self.changed.emit()

    async def _find_model(self) -> None:
        """A test needs a model: the first one of the provider's list, else one that is typed."""
        candidate = self.candidate()
        provider: Provider | None = None
        found: list[str] = []
        error: CcrError | None = None
        try:
            provider = (await read_candidate(candidate, self.desk)).provider
            if provider is not None:
                found = await list_models(self.desk.bridge.config, provider)
        except CcrError as exc:
            error = exc
        self._finding = None
        if found:
            self._view.model.setText(found[0])
            self._prober.start()
            self.changed.emit()
        elif provider and isinstance(error, UpstreamUnreachable | UpstreamTimeout):
            steps = [unreached(provider, error)]
            self._view.test.show_trial(ended(steps, candidate.subject(), 0))
            self._ended(False)
        else:
            self._prober.clear()
            if error and self._is_of_key(error):
                self._doubt_key()
            else:
                self._ask_for_a_model(error)
            self.changed.emit()

    def _ask_for_a_model(self, error: CcrError | None) -> None:
        if error:
            self._view.model_row.show_error(in_words(as_sentences(error)))
        self._view.model_row.show()
        self._view.model.setFocus()

    def _is_of_key(self, error: CcrError) -> bool:
        is_refused = isinstance(error, UpstreamListError) and error.status in _KEY_STATUSES
        return is_refused and not self._view.field.isHidden() and bool(self.progress.key)

    def _doubt_key(self) -> None:
        """The mistake is in the key; whoever typed another one at the model's would show it."""
        self._view.field.row.show_error(refused_key(self.progress.draft.title))
        self._enter_key()

    def _toggle_environment(self) -> None:
        self.progress.change(uses_environment=not self.progress.draft.uses_environment)
        self._view.field.clear()
        self._changed()
        self._show_provider()
        if self.progress.draft.uses_environment:
            self._begin_test()
        else:
            self._view.field.setFocus()

    def _ended(self, is_good: bool) -> None:  # as the signal gives it
        self.progress.has_passed = is_good
        self.changed.emit()
        self.reveal_wanted.emit(self._view.test)

    def _mend(self, fix: Fix) -> None:
        match fix.mend:
            case Mend.USE_MODEL:
                self._view.model.setText(fix.value)
                self._view.model_row.show()
                self._begin_test()
            case Mend.CHOOSE_MODEL:
                self._view.model_row.show()
                self._view.model.setFocus()
            case Mend.EDIT_ADDRESS:
                self.address_wanted.emit()
            case _:
                self._enter_key()

    def _enter_key(self) -> None:
        if self.progress.draft.uses_environment:
            self._toggle_environment()
        self._view.field.setVisible(True)
        self._view.field.secret.edit.selectAll()
        self._view.field.setFocus()

    def _forget(self) -> None:
        self._stop_asking()
        self._view.field.clear()
        self._view.model.clear()
        self._view.model_row.clear_error()
        self._prober.clear()
