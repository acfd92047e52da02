"""Using a preset: its questions first, then what would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ccr_desktop.core.presets.answers import (
    holds,
    options_of,
    patterns_to_look_for,
    read_answer,
)
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.importing.answer_fields import AnswerField, Changed, field_for
from ccr_desktop.desktop.importing.question_words import question_words
from ccr_desktop.desktop.key_destination import key_destination
from ccr_desktop.desktop.pages.providers.store_notice import StoreNotice
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.code_box import DiffColors
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import ErrorText, HelpText, SectionTitle
from ccr_desktop.desktop.widgets.tick_row import breakable
from ccr_desktop.errors import CcrError, ClientError, as_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from ccr_desktop.core.presets.manifest import Input, Manifest
    from ccr_desktop.core.secrets import StoreStatus

    Preview = Callable[[dict[str, Any], str], "Change"]

_WIDTH, _HEIGHT = 600, 500  # fits into the smallest window


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The changed lines, notes on them, and where the routes may go: pairs of key and words.

    Without `places` there is nothing to choose. With `has_keys` some go where keys are kept.
    """

    lines: Sequence[str]
    notes: Sequence[str] = ()
    has_keys: bool = False
    places: Sequence[tuple[str, str]] = ()
    about_places: str = ""


class PresetDialog(QDialog):
    """`answers` are those that were given, `place` is the key of where the routes go.

    *preview* tells what answers and a place come to. It may be shown again as it was left.
    """

    look_wanted = Signal(object)
    """Patterns and texts, which `look` takes; `go_on` once that is done, and not in this thread."""

    def __init__(self, manifest: Manifest, preview: Preview, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("preset-dialog")
        self.setWindowTitle(self.tr("Preset {name}").format(name=manifest.name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.answers: dict[str, Any] = {}
        self._manifest = manifest
        self._preview = preview
        self._changed = Changed()
        self._fields: dict[str, AnswerField] = {}
        self._rows: dict[str, FormRow] = {}
        self._looked_for: tuple[tuple[str, str], ...] = ()
        self._refused: dict[str, Any] = {}
        """The answers that can't be used, whose rows say so until they are others."""
        self._stack = QStackedWidget()
        self._lines = QPlainTextEdit()
        self._colors = DiffColors(self._lines.document())
        self.places = ChoiceBox(self.tr("Its routes go into"))
        self._places_row = FormRow(self.tr("Its routes go into"), self.places)
        self._notes = HelpText()
        self._trouble = ErrorText()
        self._status: StoreStatus | None = None
        self._back = PlainButton(self.tr("Back"))
        self._cancel = PlainButton(self.tr("Cancel"))
        self.go = PrimaryButton(self.tr("Continue"))
        self.go.setObjectName("preset-go")
        self.store = StoreNotice(self.go)
        self._lay_out()
        self._changed.told.connect(self._settle)
        self._back.clicked.connect(lambda: self._show_page(0))
        self._cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._forward)
        self.places.picked.connect(lambda _: self._show_change())
        self.resize(_WIDTH, _HEIGHT)
        self._settle()
        self._show_page(0)
        if not manifest.inputs:
            self._forward()

    @property
    def place(self) -> str:
        return self.places.current()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    def tell(self, trouble: str) -> None:
        """Why the change could not be made; empty: it may be tried again."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def show_store(self, status: StoreStatus) -> None:
        """How the store of keys is, and where keys go therefore."""
        self._status = status
        if self._stack.currentIndex() == 1:
            self._show_change()
        else:
            self.store.show_store(None)

    def row(self, name: str) -> FormRow:
        return self._rows[name]

    def lines(self) -> str:
        """What the preview shows."""
        return self._lines.toPlainText()

    # -- going on --------------------------------------------------------------------------

    def _settle(self) -> None:
        """Ask only what applies, with the choices that earlier answers leave."""
        answers: dict[str, Any] = {}
        for entry in self._manifest.inputs:
            is_asked = holds(entry.when, answers)
            self._rows[entry.id].setVisible(is_asked)
            if not is_asked:
                continue
            field = self._fields[entry.id]
            field.offer(options_of(entry, self._manifest, answers))
            value = field.value()
            if entry.id in self._refused and value != self._refused[entry.id]:
                del self._refused[entry.id]
                self._rows[entry.id].clear_error()
            if value is not None:
                answers[entry.id] = value
        self.tell("")

    def _forward(self) -> None:
        if self._stack.currentIndex() == 1:
            self.accept()
            return
        given = {name: field.value() for name, field in self._fields.items()}
        wanted = patterns_to_look_for(self._manifest, given)
        if wanted != self._looked_for:
            self._looked_for = wanted
            self.go.set_busy(busy=True)
            self.look_wanted.emit(wanted)
            return
        self._take_answers()

    def go_on(self) -> None:
        """With the answers as they are by now."""
        self.go.set_busy(busy=False)
        self._forward()

    def _take_answers(self) -> None:
        answers = self._read()
        if answers is None:
            self._go_to_first_error()
            return
        self.answers = answers
        if self._show_change():
            self._show_page(1)

    def _show_change(self) -> bool:
        """What would change, with the present answers and place; or why nothing can."""
        try:
            change = self._preview(self.answers, self.place)
        except CcrError as exc:
            self.tell(in_words(as_sentences(exc)))
            return False
        self.tell("")
        self.places.set_choices(list(change.places))
        self._places_row.setVisible(bool(change.places))
        self._places_row.show_help(change.about_places)
        self._lines.setPlainText("\n".join(change.lines) or self.tr("Nothing changes."))
        notes = [*map(in_words, change.notes), *([self._about_keys()] if change.has_keys else [])]
        self._notes.setText(breakable("\n".join(notes)))
        self._notes.setVisible(bool(notes))
        self.store.show_store(self._status if change.has_keys else None)
        return True

    def _about_keys(self) -> str:
        if place := key_destination(self._status):
            words = self.tr("Keys go to {place}, not into the settings file.")
            return words.format(place=place)
        return self.tr("There is no place for its keys yet.")

    def _go_to_first_error(self) -> None:
        """Where the words stand that say what is missing."""
        row = next(row for row in self._rows.values() if row.error())
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(row)

    def _focus(self) -> None:
        """The first question; of the change the button, as nothing has to be entered there."""
        asked = [row.field for row in self._rows.values() if row.isVisibleTo(self)]
        first: QWidget = self.go if self._stack.currentIndex() or not asked else asked[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> dict[str, Any] | None:
        """All answers; None while one is missing or wrong, which its row says."""
        answers: dict[str, Any] = {}
        is_good = True
        for entry in self._manifest.inputs:
            if holds(entry.when, answers):
                is_good &= self._read_one(entry, answers)
        return answers if is_good else None

    def _read_one(self, entry: Input, answers: dict[str, Any]) -> bool:
        row, value = self._rows[entry.id], self._fields[entry.id].value()
        row.clear_error()
        options = options_of(entry, self._manifest, answers)
        try:
            if value is not None:
                answers[entry.id] = read_answer(entry, options, value)
                return True
            problem = self.tr("An answer is needed.") if self._is_needed(entry) else ""
        except ClientError as exc:
            problem = in_words(exc.message or exc.title)
        if problem:
            self._refused[entry.id] = value
            row.show_error(problem)
        return not problem

    def _is_needed(self, entry: Input) -> bool:
        """Whether nothing but an answer will do."""
        is_known = entry.default is not None or entry.id in self._manifest.answers
        return entry.is_required and not is_known and entry.kind != "confirm"

    def _title(self, entry: Input, name: str) -> str:
        is_chosen = entry.kind == "select" and bool(entry.options)  # it always has an answer
        if self._is_needed(entry) and not is_chosen:
            return self.tr("{title} (required)").format(title=name)
        if entry.is_required or entry.kind == "confirm":
            return name
        return self.tr("{title} (optional)").format(title=name)

    def _show_page(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._back.setVisible(number == 1 and bool(self._manifest.inputs))
        self.go.setText(self.tr("Apply") if number else self.tr("Continue"))
        self._focus()

    # -- construction ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(self.windowTitle()))
        if words := str(self._manifest.about.get("description") or ""):
            column.addWidget(HelpText(breakable(words)))
        self._stack.addWidget(self._form())
        self._stack.addWidget(self._change())
        column.addWidget(self._stack, 1)
        self._trouble.hide()
        column.addWidget(self._trouble)
        column.addLayout(closing_row([self._cancel, self._back, self.go]))

    def _form(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("surface", "page")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, M, 0)
        lines.setSpacing(L)
        for entry in self._manifest.inputs:
            options = options_of(entry, self._manifest, {})
            field = field_for(entry, options, self._changed)
            field.widget.setObjectName(f"answer-{entry.id}")
            name, words = question_words(entry, self._manifest)
            title = self._title(entry, name)
            field.widget.setAccessibleName(title)
            row = FormRow(title, field.widget, words)
            self._fields[entry.id], self._rows[entry.id] = field, row
            lines.addWidget(row)
        lines.addStretch(1)
        self._area = area = QScrollArea()
        area.setAccessibleName(self.windowTitle())
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area

    def _change(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        words = self.tr("This is what changes in your settings. It can be undone.")
        column.addWidget(HelpText(words))
        column.addWidget(self._places_row)
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setObjectName("preset-change")
        self._lines.setAccessibleName(self.tr("What changes"))
        self._lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        column.addWidget(self._lines, 1)
        column.addWidget(self._notes)
        column.addWidget(self.store)
        return page
