"""A new version: what it brings, and the way to it, as one dialog that goes from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ccr_desktop import __version__
from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.updating.notes import NotesView
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.labels import BodyText, ErrorText, HelpText, SectionTitle

if TYPE_CHECKING:
    from ccr_desktop.core.updates.release import Release

_WIDTH, _HEIGHT = 640, 480  # fits into the smallest window


class Stage(Enum):
    OFFER = auto()
    """It can be fetched and installed from here."""
    MANAGER = auto()
    """Another program installs it, by a command."""
    UNPINNED = auto()
    """It can't be trusted, and is got from its page."""
    LOADING = auto()
    PACKAGE = auto()
    """A package is here and verified."""
    READY = auto()
    """An installer is here and verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """What the dialog shows. `problem` is what went wrong on the way to this stage."""

    stage: Stage
    command: str = ""
    problem: str = ""
    done: int = 0
    total: int = 0


class UpdateDialog(QDialog):
    """Signals say what the person wants; closing it is "later", or ends the download."""

    install_wanted = Signal()
    skip_wanted = Signal()
    cancel_wanted = Signal()
    finish_wanted = Signal()
    package_wanted = Signal()
    page_wanted = Signal()

    def __init__(self, release: Release, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("update")
        self.setWindowTitle(self.tr("New version"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = self.tr("Version {version} is there").format(version=release.version)
        self._title = SectionTitle(title)
        have = self.tr("You have version {version}.").format(version=__version__)
        self._have = HelpText(have)
        self._notes = NotesView()
        self._notes.show_notes(release.notes)
        self._words = BodyText()
        self._error = ErrorText()
        self._command = CopyField(elides=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Download"))
        self._page = QuietButton(self.tr("Page of the release"), "external-link")
        self._page.setVisible(bool(release.page))
        self._skip = PlainButton(self.tr("Skip this version"))
        self._later = PlainButton(self.tr("Later"))
        self._go = PrimaryButton(self.tr("Install"))
        self._name_buttons()
        self._lay_out()
        self._connect()
        self.resize(_WIDTH, _HEIGHT)

    def show_view(self, view: UpdateView) -> None:
        stage, is_loading = view.stage, view.stage is Stage.LOADING
        self._stage = stage
        self._words.setText(self._sentence(view))
        self._words.setVisible(bool(self._words.text()))
        self._error.setText(view.problem)
        self._error.setVisible(bool(view.problem))
        self._command.set_text(view.command)
        self._command.setVisible(bool(view.command))
        self._bar.setVisible(is_loading)
        self._bar.setRange(0, view.total)
        self._bar.setValue(view.done)
        self._skip.setVisible(stage in {Stage.OFFER, Stage.MANAGER, Stage.UNPINNED})
        self._later.setText(self._way_out(stage))
        go = self._way_on(view)
        self._go.setVisible(bool(go))
        self._go.setText(go)
        (self._go if go else self._later).setFocus()

    def show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(self._sizes(done, total))

    # -- words -----------------------------------------------------------------------------

    def _sentence(self, view: UpdateView) -> str:
        match view.stage:
            case Stage.OFFER:
                return ""
            case Stage.MANAGER:
                return self.tr("The program that installed CCR Desktop brings it up to date:")
            case Stage.UNPINNED:
                return self.tr(
                    "This build knows no key that new versions are signed with, so that it "
                    "downloads none. Get it from the page of the release."
                )
            case Stage.LOADING:
                return self._sizes(view.done, view.total)
            case Stage.PACKAGE:
                return self.tr("It was downloaded and verified. Install it with this command:")
            case Stage.READY:
                return self.tr(
                    "It was downloaded and verified. To install it the app ends; running requests "
                    "are asked about first."
                )

    def _sizes(self, done: int, total: int) -> str:
        shown = QLocale().formattedDataSize(done)
        if not total:
            return shown
        words = self.tr("{done} of {total}")
        return words.format(done=shown, total=QLocale().formattedDataSize(total))

    def _way_on(self, view: UpdateView) -> str:
        """The words of the button that goes on; empty: there is none."""
        again = self.tr("Try again")
        return {
            Stage.OFFER: again if view.problem else self.tr("Install"),
            Stage.MANAGER: "",
            Stage.UNPINNED: "",
            Stage.LOADING: "",
            Stage.PACKAGE: self.tr("Open the package"),
            Stage.READY: self.tr("Quit and install"),
        }[view.stage]

    def _way_out(self, stage: Stage) -> str:
        if stage is Stage.LOADING:
            return self.tr("Cancel")
        return self.tr("Close") if stage is Stage.PACKAGE else self.tr("Later")

    # -- construction ----------------------------------------------------------------------

    def _name_buttons(self) -> None:
        for button, name in (
            (self._skip, "update-skip"),
            (self._later, "update-later"),
            (self._go, "update-go"),
            (self._page, "update-page"),
        ):
            button.setObjectName(name)
            button.setAutoDefault(button is not self._page)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._page)
        column.addLayout(head)
        column.addWidget(self._have)
        column.addWidget(self._notes, 1)
        for widget in (self._error, self._words, self._bar, self._command):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self._skip)
        row.addStretch(1)
        row.addWidget(self._later)
        row.addWidget(self._go)
        column.addLayout(row)

    def _connect(self) -> None:
        self._page.clicked.connect(self.page_wanted)
        self._skip.clicked.connect(self.skip_wanted)
        self._later.clicked.connect(self._leave)
        self._go.clicked.connect(self._go_on)

    def _leave(self) -> None:
        if self._stage is Stage.LOADING:
            self.cancel_wanted.emit()
        else:
            self.reject()

    def _go_on(self) -> None:
        match self._stage:
            case Stage.OFFER:
                self.install_wanted.emit()
            case Stage.PACKAGE:
                self.package_wanted.emit()
            case Stage.READY:
                self.finish_wanted.emit()
