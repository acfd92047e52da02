"""A rule as the file writes it: for what the form can't show, and for those who like it better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.core.setup.rule_edits import rule_issues
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import issue_words
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.pages.routes.rules.values import json_text
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.widgets.bounded_text import BoundedText
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import SectionTitle

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Severity
    from ccr_desktop.core.config.schema import Config

_WIDE, _HIGH = 570, 420


class RuleText(QDialog):
    """`rule` is what was saved, None before."""

    leave_wanted = Signal()
    """Whoever leaves would lose what was changed."""

    def __init__(self, entry: Any, config: Config, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.rule: Any = None
        self._config = config
        title = self.tr("Rule as text")
        self.setWindowTitle(title)
        self.setObjectName("rule-text")
        self.resize(_WIDE, _HIGH)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.edit = BoundedText(json_text(entry))
        self.edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.edit.setTabChangesFocus(True)
        self.row = FormRow(self.tr("As the file writes it"), self.edit)
        self.save = PrimaryButton(self.tr("Save rule"))
        cancel = PlainButton(self.tr("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(title))
        column.addWidget(self.row, 1)
        column.addLayout(closing_row([cancel, self.save]))
        self.edit.textChanged.connect(self._look)
        self.save.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)
        self._look()

    def reject(self) -> None:
        """Escape, Cancel, or the window's cross."""
        if self.isVisible() and self.edit.document().isModified():
            self.leave_wanted.emit()
        else:
            self.leave()

    def leave(self) -> None:
        """Without asking."""
        super().reject()

    def tell(self, trouble: str) -> None:
        """Why the rule could not be kept, until it is another."""
        self.row.show_error(trouble)

    def problem(self) -> str:
        """What is wrong with what stands there."""
        try:
            rule = loads_lenient(self.edit.toPlainText())
        except JSONDecodeError as exc:
            text = self.tr("This can't be read: {problem} in line {line}.")
            return text.format(problem=exc.msg, line=exc.lineno)
        is_off = isinstance(rule, dict) and rule.get("enabled") is False
        return "" if is_off else self._told(rule, "error")

    def _told(self, rule: Any, severity: Severity) -> str:
        issues = rule_issues(rule, self._config)
        said = [lists.titled(it.where, issue_words(it)) for it in issues if it.severity == severity]
        return "\n".join(said)

    def _look(self) -> None:
        """What is no mistake, but hardly meant, is told, too, and may be saved."""
        problem = self.problem()
        if problem:
            self.row.show_error(problem)
        else:
            self.row.show_warning(self._told(loads_lenient(self.edit.toPlainText()), "warning"))

    def _take(self) -> None:
        if self.problem():
            self.edit.setFocus()
            return
        self.rule = loads_lenient(self.edit.toPlainText())
        self.accept()
