"""The form of one provider: what everybody needs, and what only some do below it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.core_words import note_words
from ccr_desktop.desktop.form_words import show_beside, words_below, worst
from ccr_desktop.desktop.pages.providers.advanced import Advanced
from ccr_desktop.desktop.pages.providers.connection_view import ConnectionTest
from ccr_desktop.desktop.pages.providers.key_field import KeyField
from ccr_desktop.desktop.pages.providers.models_section import ModelsSection
from ccr_desktop.desktop.pages.providers.section import line, put_text, text_of
from ccr_desktop.desktop.setting_places import nearest_title
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.footer import Footer
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import HelpText, PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue, Severity
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.setup.templates import Template

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ProviderForm(QWidget):
    """`show_entry` fills it, `entry()` is what it says; saving and testing are done by others."""

    changed = Signal()
    save_wanted = Signal()
    cancel_wanted = Signal()
    key_menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("provider-form")
        self._entry: JsonObject = {}
        self.title = PageTitle()
        self.back = IconButton("chevron-left", self.tr("Back to the list"))
        self.note = HelpText()
        self.name = line("provider-name")
        self.name_row = FormRow(self.tr("Name"), self.name)
        self.key_field = KeyField()
        self.key_field.places_button.show()
        self.models = ModelsSection()
        self.connection = ConnectionTest()
        self.advanced = Advanced()
        self.problem = Banner("error")
        self.problem.setObjectName("form-problem")
        self.cancel_button = PlainButton(self.tr("Cancel"))
        self.cancel_button.setObjectName("cancel")
        self.save_button = PrimaryButton(self.tr("Save"))
        self.save_button.setObjectName("save")
        self.body = PageScroll()
        self._lay_out()
        self._connect()

    # -- what it shows ---------------------------------------------------------------------

    def show_entry(self, entry: JsonObject, title: str, template: Template | None) -> None:
        """Fill all fields, without telling of it."""
        blocked = self.blockSignals(True)
        self._entry = copy.deepcopy(entry)
        self.title.setText(title)
        self.body.setAccessibleName(title)
        self.note.setText(note_words(template))
        self.note.setVisible(bool(template and template.note))
        self.name.setText(text_of(entry.get("name")))
        self.key_field.clear()
        self.models.show_entry(entry)
        self.advanced.show_entry(entry)
        self.connection.clear()
        self.show_issues(())
        self.blockSignals(blocked)
        self.body.verticalScrollBar().setValue(0)

    def entry(self) -> JsonObject:
        """The entry as it is in the fields; what they do not show stays as it was."""
        entry = copy.deepcopy(self._entry)
        put_text(entry, "name", self.name.text())
        self.models.put(entry)
        self.advanced.put(entry)
        return entry

    def refer_to_key(self, reference: str) -> None:
        """Let the entry say where its key is."""
        put_text(self._entry, "api_key", reference)
        self.changed.emit()

    def label_of(self, member: str) -> str:
        """What the field of a member of the entry is called, or what the window calls it."""
        labels = {
            "name": self.name_row.label.text(),
            "api_key": self.key_field.row.label.text(),
            **self.models.labels(),
            **self.advanced.labels(),
        }
        return labels.get(member) or nearest_title(f"Providers[].{member}") or member

    def show_issues(self, issues: Sequence[Issue]) -> None:
        """Mark what is wrong beside its field; what belongs to none, below all."""
        left = list(issues)
        own = [issue for issue in left if issue.where == "name"]
        show_beside(self.name_row, own)
        of_key = [issue for issue in left if issue.where == "api_key"]
        show_beside(self.key_field.row, of_key)
        left = [issue for issue in left if issue not in {*own, *of_key}]
        left = self.models.show_issues(left)
        left = self.advanced.show_issues(left)
        found = worst(left)
        self.show_problem(words_below(left), found.severity if found else "error")

    def show_problem(self, words: str, severity: Severity = "error") -> None:
        self.problem.show_notice("warn" if severity == "warning" else "error", words)
        self.problem.setVisible(bool(words))

    def show_saving(self, *, busy: bool) -> None:
        self.save_button.set_busy(busy=busy)
        self.save_button.setText(self.tr("Saving…") if busy else self.tr("Save"))

    def focus_first(self) -> None:
        self.key_field.secret.edit.setFocus()

    def show_connection(self) -> None:
        """Bring the test into sight."""
        self.connection.button.setFocus()
        self.reveal_connection()

    def reveal_connection(self) -> None:
        """Scroll to the test once it has its size, which grows with what was found."""
        body, part = self.body, self.connection
        QTimer.singleShot(0, body, lambda: body.ensureWidgetVisible(part, 0, M))

    def focus_bad(self) -> None:
        """Bring the first field with an error into sight."""
        if self.name_row.error():
            bad: QWidget | None = self.name
        elif self.key_field.row.error():
            bad = self.key_field.secret.edit
        else:
            bad = self.models.first_bad() or self.advanced.reveal_bad()
        if bad is not None:
            bad.setFocus()
            self.body.ensureWidgetVisible(bad)

    # -- construction ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        self.body.add(head)
        for card in self._cards():
            self.body.add(card)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        column.addWidget(Footer(self.problem, self.cancel_button, self.save_button))

    def _cards(self) -> tuple[Card, ...]:
        basics = Card()
        basics.add(self.note)
        basics.add(self.name_row)
        basics.add(self.key_field)
        models = Card()
        models.add(self.models)
        test = Card(self.tr("Connection"))
        test.add(self.connection)
        more = Card()
        more.add(self.advanced)
        return basics, models, test, more

    def _connect(self) -> None:
        self.back.clicked.connect(self.cancel_wanted)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        self.key_field.places_button.clicked.connect(self.key_menu_wanted)
        self.name.textChanged.connect(lambda _text: self.changed.emit())
        self.key_field.changed.connect(lambda _text: self.changed.emit())
        self.models.changed.connect(self.changed)
        self.models.changed.connect(lambda: self.advanced.show_models(self.models.models()))
        self.advanced.changed.connect(self.changed)
        for field in (self.name, self.key_field.secret.edit):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field of one line saves."""
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self.save_wanted.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        else:
            super().keyPressEvent(event)
