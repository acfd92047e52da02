"""Leads through the steps: forward, back, past one, away and back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.unsaved import Unsaved
from ccr_desktop.desktop.wizard.draft import KEY, LAUNCH, MODELS, PROVIDER, WELCOME, Progress
from ccr_desktop.desktop.wizard.frame import Wizard
from ccr_desktop.desktop.wizard.key import Key
from ccr_desktop.desktop.wizard.key_view import KeyView
from ccr_desktop.desktop.wizard.provider import Provider
from ccr_desktop.desktop.wizard.steps import Steps, step_names

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.setup.templates import Template
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.wizard.step import StepPresenter


def build(desk: Desk) -> QWidget:
    wizard = Wizard(step_names())
    progress = Progress(desk.memory, wizard)
    steps = Steps(wizard, desk, progress)
    WizardPresenter(wizard, desk, progress, steps)
    Draft(wizard, "wizard", lambda: progress.key or None, lambda typed: steps.key.take(str(typed)))
    title = _tr("the key of {provider}")
    Unsaved(
        wizard,
        lambda: title.format(provider=progress.draft.title),
        lambda: bool(progress.key) and progress.draft.step < LAUNCH,  # which comes after saving
        "wizard",
    )
    return wizard


class WizardPresenter(QObject):
    """Lives as long as its page."""

    def __init__(
        self,
        wizard: Wizard,
        desk: Desk,
        progress: Progress,
        steps: Steps,
    ) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._desk = desk
        self._progress = progress
        self._steps = steps
        steps.made.connect(self._know)
        steps.begin()
        wizard.back_wanted.connect(self._go_back)
        wizard.skip_wanted.connect(self._go_past)
        wizard.forward_wanted.connect(lambda: self._present().forward())
        wizard.close_wanted.connect(self._close)
        wizard.shown.connect(self._resume)

    def _know(self, step: StepPresenter) -> None:
        step.changed.connect(self._show_buttons)
        step.done.connect(self._go_on)
        step.reveal_wanted.connect(self._wizard.reveal)
        if isinstance(step, Provider):
            step.kept.connect(self._go_past)
        if isinstance(step, Key):
            step.other_wanted.connect(self._use_other)
            step.address_wanted.connect(self._change_address)

    def _present(self) -> StepPresenter:
        return self._steps.at(self._wizard.step)

    def _resume(self) -> None:
        """A key is never kept: who left after entering one enters it again."""
        draft = self._progress.draft
        lacks_key = draft.needs_key and not draft.uses_environment and not self._progress.key
        if draft.step == MODELS and draft.name and lacks_key:
            self._go(KEY)
        else:
            self._go(draft.step)

    def _go(self, step: int) -> None:
        self._progress.change(step=step)
        present = self._steps.at(step)
        self._wizard.show_step(step)
        present.enter()
        self._show_buttons()
        primary = self._wizard.primary  # or where the frame hands it over, once it can be pressed
        main = primary if primary.isEnabled() else self._wizard
        target = present.first_widget() or main
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        """Only the present step has a say."""
        primary = self._present().primary()
        self._wizard.show_primary(primary.words, enabled=primary.is_enabled)
        is_last = self._wizard.step == LAUNCH
        skip = self.tr("Finish without") if is_last else self.tr("Skip")
        self._wizard.show_skip("" if is_last and primary.words == self.tr("Done") else skip)

    def _go_on(self) -> None:
        if self._wizard.step == LAUNCH:
            self._finish()
        else:
            self._go(self._wizard.step + 1)

    def _go_back(self) -> None:
        step = self._wizard.step - 1
        if step == KEY and not self._progress.draft.name:
            step = PROVIDER
        self._go(max(step, WELCOME))

    def _go_past(self) -> None:
        """Without a provider there is no key to enter, and nothing to choose from."""
        step = self._wizard.step
        if step == LAUNCH:
            self._finish()
        elif step == PROVIDER and not self._progress.draft.name:
            self._go(LAUNCH if self._desk.bridge.config.is_demo else MODELS)
        else:
            self._go(step + 1)

    def _use_other(self, template: Template) -> None:
        """The typed key is of another vendor: the same step for that one, with the key."""
        key = self._progress.key
        self._steps.provider.use(template)
        self._go(KEY)
        field = self._wizard.findChild(KeyView)
        if field is not None:
            field.field.secret.edit.setText(key)

    def _change_address(self) -> None:
        self._go(PROVIDER)
        self._steps.provider.edit_address()

    def _close(self) -> None:
        self._progress.dismiss()
        self._desk.bridge.page_wanted.emit("home")

    def _finish(self) -> None:
        self._progress.finish()
        self._desk.bridge.page_wanted.emit("home")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wizard", text)
