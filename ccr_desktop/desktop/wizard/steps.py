"""The steps of the assistant: the present one is made at once, the others a moment later."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ccr_desktop.desktop.sight import Afterwards
from ccr_desktop.desktop.wizard.draft import KEY, LAUNCH, MODELS, PROVIDER, WELCOME
from ccr_desktop.desktop.wizard.key import Key
from ccr_desktop.desktop.wizard.key_view import KeyView
from ccr_desktop.desktop.wizard.launch import Launch
from ccr_desktop.desktop.wizard.launch_view import LaunchView
from ccr_desktop.desktop.wizard.models import Models
from ccr_desktop.desktop.wizard.models_view import ModelsView
from ccr_desktop.desktop.wizard.provider import Provider
from ccr_desktop.desktop.wizard.provider_view import ProviderView
from ccr_desktop.desktop.wizard.welcome import Welcome
from ccr_desktop.desktop.wizard.welcome_view import WelcomeView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.wizard.draft import Progress
    from ccr_desktop.desktop.wizard.frame import Wizard
    from ccr_desktop.desktop.wizard.step import StepPresenter

Made = TypeVar("Made", bound="StepPresenter")


class Steps(QObject):
    """Each is there when it is asked for. `made` tells of it, when its view is in the frame."""

    made = Signal(object)

    def __init__(self, wizard: Wizard, desk: Desk, progress: Progress) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._desk = desk
        self._progress = progress
        self._rest = Afterwards(wizard)

    def begin(self) -> None:
        """With the step where somebody left, once `made` is heard."""
        self.at(self._progress.draft.step)
        for step in range(len(step_names())):
            self._rest.add(partial(self.at, step))

    def at(self, step: int) -> StepPresenter:
        names = ("welcome", "provider", "key", "models", "launch")
        found: StepPresenter = getattr(self, names[step])
        return found

    @cached_property
    def welcome(self) -> Welcome:
        view = WelcomeView()
        return self._put(WELCOME, view, Welcome(view, self._desk, self._progress))

    @cached_property
    def provider(self) -> Provider:
        view = ProviderView()
        return self._put(PROVIDER, view, Provider(view, self._desk, self._progress, self.welcome))

    @cached_property
    def key(self) -> Key:
        view = KeyView()
        return self._put(KEY, view, Key(view, self._desk, self._progress))

    @cached_property
    def models(self) -> Models:
        view = ModelsView()
        return self._put(MODELS, view, Models(view, self._desk, self._progress))

    @cached_property
    def launch(self) -> Launch:
        view = LaunchView()
        return self._put(LAUNCH, view, Launch(view, self._desk, self._progress))

    def _put(self, number: int, view: QWidget, step: Made) -> Made:
        self._wizard.put(number, view)
        self.made.emit(step)
        return step


def step_names() -> tuple[str, ...]:
    return (_tr("Welcome"), _tr("Provider"), _tr("Key"), _tr("Models"), _tr("Launch"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wizard", text)
