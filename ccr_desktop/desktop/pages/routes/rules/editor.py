"""The editor of a rule: its parts, and its sentence and what is wrong while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ccr_desktop.core.setup.rule_edits import rule_issues
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.form_words import form_words, show_beside
from ccr_desktop.desktop.pages.routes.rules.fields import FolderField
from ccr_desktop.desktop.pages.routes.rules.kinds import action_kinds, condition_kinds
from ccr_desktop.desktop.pages.routes.rules.parts import Part, Parts, part_of
from ccr_desktop.desktop.pages.routes.rules.sentences import short_sentence
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.unsaved import Unsaved
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, ErrorText, HelpText, SectionTitle
from ccr_desktop.desktop.widgets.reading_order import go_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject

_ACTIONS = ("route", "only", "never", "block", "set", "use")
_WIDE, _HIGH = 620, 640
_LONGEST_SENTENCE = 500


class RuleEditor(QDialog):
    """`rule` is what was saved; what of the given entry it does not know stays in it."""

    folder_wanted = Signal(object)
    """The field that a folder is to be picked for."""
    leave_wanted = Signal()
    """Whoever leaves would lose what was changed."""

    def __init__(
        self, title: str, button: str, entry: JsonObject, config: Config, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.rule: JsonObject | None = None
        self._entry = entry
        self._config = config
        self._tried = False
        self.setWindowTitle(title)
        self.setObjectName("rule-editor")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.sentence = BodyText()
        self.name = QLineEdit()
        self.name_row = FormRow(self.tr("Name"), self.name)
        self.conditions = Parts(
            self.tr("When all of this holds"),
            self.tr("Add a condition"),
            condition_kinds(),
            config,
        )
        self.effects = Parts(
            self.tr("Then"), self.tr("Add what is to be done"), action_kinds(), config
        )
        self.always = HelpText(self.tr("No condition yet: the rule holds for every request."))
        self.error = ErrorText()
        self.warning = Banner("warn")
        self.save = PrimaryButton(button)
        self._cancel = PlainButton(self.tr("Cancel"))
        self._lay_out(title)
        self._show(entry)
        self._first = self._begun()
        Unsaved(self, self.windowTitle, lambda: self._begun() != self._first)
        self._connect()
        self._look()
        first = next(iter(self.conditions.parts), None)
        if first is None:
            self.conditions.button.setFocus()
        else:
            first.focus()

    def entry(self) -> JsonObject:
        """The rule as it stands, without what can't be read; what it had keeps its order."""
        kept = {k: v for k, v in self._entry.items() if k not in {"name", "when", *_ACTIONS}}
        name = self.name.text().strip()
        found: JsonObject = {"name": name} if name else {}
        conditions = self.conditions.values()
        when = conditions.pop("when", conditions)  # one that is no object stands for all
        if when != {}:
            found["when"] = when
        found = {**found, **self.effects.values(), **kept}
        order = [key for key in self._entry if key in found]
        return {key: found[key] for key in dict.fromkeys([*order, *found])}

    def tell(self, trouble: str) -> None:
        """Why the rule could not be kept, until it is another."""
        self.error.setText(trouble)
        self.error.setVisible(True)

    def issues(self) -> list[Issue]:
        return rule_issues(self.entry(), self._config)

    def _show(self, entry: JsonObject) -> None:
        name = entry.get("name")
        self.name.setText(name if isinstance(name, str) else "")
        when = entry.get("when")
        if isinstance(when, dict):
            self.conditions.show_values(when)
        elif when is not None:
            self.conditions.show_values({"when": when})
        self.effects.show_values({key: entry[key] for key in _ACTIONS if key in entry})
        for part in self.conditions.parts:
            self._follow(part)

    def _begin(self, part: Part) -> None:
        """A part that was added: the cursor is there, and it comes into sight once it has room."""
        self._follow(part)
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    def _follow(self, part: Part) -> None:
        if isinstance(part.field, FolderField):
            field = part.field
            field.folder_wanted.connect(lambda: self.folder_wanted.emit(field))

    def _lay_out(self, title: str) -> None:
        self.sentence.setProperty("role", "field")
        self.sentence.setObjectName("rule-sentence")
        self.name.setPlaceholderText(self.tr("What it is called in decisions"))
        said = QFrame()
        said.setProperty("surface", "card")
        inner = QVBoxLayout(said)
        inner.setContentsMargins(M, M, M, M)
        inner.addWidget(self.sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(title))
        column.addWidget(said)
        column.addWidget(self._scrolled(), 1)
        column.addWidget(self.warning)
        column.addWidget(self.error)
        column.addLayout(closing_row([self._cancel, self.save]))
        self.warning.hide()
        self.error.hide()
        self.resize(_WIDE, min(_HIGH, self.screen().availableGeometry().height() - 4 * XL))

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, M, 0)
        column.setSpacing(L)
        for part in (self.conditions, self.always, self.effects, self.name_row):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(self.windowTitle())
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        return area

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward=forward)

    def _connect(self) -> None:
        for parts in (self.conditions, self.effects):
            parts.changed.connect(self._look)
            parts.added.connect(self._begin)
        self.name.textChanged.connect(lambda _: self._look())
        self.save.clicked.connect(self._take)
        self._cancel.clicked.connect(self.reject)

    def reject(self) -> None:
        """Escape, Cancel, or the window's cross."""
        if self.isVisible() and self._begun() != self._first:
            self.leave_wanted.emit()
        else:
            self.leave()

    def leave(self) -> None:
        """Without asking."""
        super().reject()

    def _begun(self) -> tuple[object, ...]:
        """All that stands there, also what is empty or can't be read yet."""
        parts = (*self.conditions.parts, *self.effects.parts)
        texts = [(part.name, part.value() if part.can_be_read() else None) for part in parts]
        return self.entry(), texts, self.name.text()

    def _look(self) -> None:
        """Say the sentence, and what is wrong with fields that were touched."""
        begun = {"when": self.conditions.begun(), **self.effects.begun()}
        self.sentence.setText(short_sentence(begun, _LONGEST_SENTENCE))
        self.always.setVisible(not self.conditions.parts)
        self._tell(self.issues())

    def _tell(self, issues: Sequence[Issue]) -> None:
        beside: dict[Part, list[Issue]] = {}
        whole, warned = list[str](), list[str]()
        for issue in issues:
            part = self._part(issue.where)
            if part is None:
                (warned if issue.severity == "warning" else whole).append(form_words(issue))
            else:
                beside.setdefault(part, []).append(issue)
        missing = dict((*self.conditions.problems(), *self.effects.problems()))
        for part in (*self.conditions.parts, *self.effects.parts):
            if not (part.was_touched or self._tried):
                part.row.clear_error()
            elif part in missing:
                part.row.show_error(missing[part])
            else:
                show_beside(part.row, beside.get(part, ()))
        if not self.effects.parts:
            whole = [self.tr("The rule does nothing yet. Add what is to be done.")]
        self.warning.show_notice("warn", put_together(warned))
        self.warning.setVisible(bool(warned) and not missing)
        self.error.setText(put_together(whole))
        self.error.setVisible(bool(whole) and self._tried and not missing)

    def _part(self, where: str) -> Part | None:
        section, name = part_of(where)
        if section == "when":
            return self.conditions.part(name) or self.conditions.part("when")
        return self.effects.part(name)

    def _take(self) -> None:
        self._tried = True
        self._look()
        wrong = [part for part, _ in (*self.conditions.problems(), *self.effects.problems())]
        issues = [issue for issue in self.issues() if issue.severity == "error"]
        if not wrong and not issues:
            self.rule = self.entry()
            self.accept()
            return
        parts = [*wrong, *filter(None, (self._part(issue.where) for issue in issues))]
        if parts:
            self._area.ensureWidgetVisible(parts[0])
            parts[0].focus()
