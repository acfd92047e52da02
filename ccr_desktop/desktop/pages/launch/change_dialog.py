"""A change of a file of another program, shown before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout

from ccr_desktop.desktop import lists, theme
from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle
from ccr_desktop.launch.file_changes import DIFFERENCE_HEAD
from ccr_desktop.launch.normal_claude import Plan

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.launch.taking_out import Removal

_WIDTH, _HEIGHT = 640, 460


class ChangeDialog(QDialog):
    """Accepted: make the change."""

    def __init__(self, plan: Plan | Removal, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self._title(plan))
        self.setObjectName("change")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._diff = QPlainTextEdit(plan.diff.removeprefix(DIFFERENCE_HEAD))
        self._diff.setObjectName("diff")
        self._diff.setAccessibleName(self.tr("What changes"))
        self._diff.setReadOnly(True)
        self._diff.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._diff.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._colors = _Colors(self._diff.document())
        self._lay_out(plan)

    def _title(self, plan: Plan | Removal) -> str:
        if isinstance(plan, Plan):
            return self.tr("Route every “claude” here?")
        return self.tr("Take {names} out of the file?").format(names=lists.names(plan.names))

    def _purpose(self, plan: Plan | Removal) -> str:
        if isinstance(plan, Plan):
            return self.tr(
                "{file} will be changed as shown. Nothing else in it is touched, and turning this"
                " off again undoes it."
            )
        return self.tr(
            "{file} will be changed as shown. Nothing else in it is touched, and Undo puts it back."
        )

    def _closing(self, plan: Plan | Removal) -> str:
        if isinstance(plan, Plan) and plan.holds_key:
            return self.tr(
                "The file will hold the router's client key, so then only you can read it."
            )
        return ""

    def _lay_out(self, plan: Plan | Removal) -> None:
        self.resize(_WIDTH, _HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(self.windowTitle()))
        copy = self.tr("A dated copy of the file is kept beside it.") if plan.before else ""
        text = self._purpose(plan).format(file=shown(plan.path))
        column.addWidget(BodyText(put_together((text, copy, self._closing(plan)))))
        if isinstance(plan, Plan) and plan.replaces:
            words = self.tr("Another program has set {names}; turning this off restores it.")
            column.addWidget(Banner("warn", words.format(names=lists.names(plan.replaces))))
        column.addWidget(self._diff, 1)
        change, cancel = PrimaryButton(self.tr("Change the file")), PlainButton(self.tr("Cancel"))
        change.setObjectName("change-file")
        change.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        column.addLayout(closing_row([cancel, change]))


class _Colors(QSyntaxHighlighter):
    """Added and removed lines; their signs say the same without colour."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        names = {"+": "running", "-": "attention", "@": "secondary"}
        if name := names.get(text[:1]):
            look = QTextCharFormat()
            look.setForeground(theme.current().color(name))
            self.setFormat(0, len(text), look)
