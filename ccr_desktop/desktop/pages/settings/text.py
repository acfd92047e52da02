"""Text: the settings file as it is written, comments and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.pages.settings.text_presenter import TextPresenter
from ccr_desktop.desktop.tokens import XL, L, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.code_editor import CodeEditor
from ccr_desktop.desktop.widgets.column import put_in_the_middle
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.find_bar import FindBar
from ccr_desktop.desktop.widgets.json_colors import JsonColors
from ccr_desktop.desktop.widgets.labels import ElidedText, SecondaryText
from ccr_desktop.desktop.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.widgets.rows import Row

_PROBLEMS_SHOWN = 3
_HIGH = 420  # what is lower has one problem in sight


def build(desk: Desk) -> QWidget:
    section = TextSection()
    TextPresenter(desk, section)
    return section


class TextSection(QWidget):
    """The editor takes the room; above it what can be done, below it what is wrong."""

    shown = Signal()
    problem_wanted = Signal(str)
    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editor = CodeEditor(_tr("Text of the settings file"))
        self.editor.setObjectName("settings-file-text")
        self.editor.setAccessibleDescription(
            _tr("Control and space offers what may stand here. F8 goes to the next problem.")
        )
        JsonColors(self.editor)
        self.path = ElidedText()
        self.state = SecondaryText()
        self.finding = FindBar(self.editor)
        self.find_button = IconButton("search", _tr("Find (Ctrl+F)"))
        self.format_button = PlainButton(_tr("Format"))
        self.format_button.setToolTip(_tr("Lay the text out anew. Comments stay."))
        self.revert_button = PlainButton(_tr("Discard"))
        self.revert_button.setToolTip(_tr("Back to the text of the file"))
        self.save_button = PrimaryButton(_tr("Save"))
        self.save_button.setToolTip(_tr("Save (Ctrl+S)"))
        self.offer = Banner("info")
        self.conflict = Banner("warn")
        self.refused = Banner("error", closable=True)
        self.keys = Banner("info", closable=True)
        self.in_the_way = EmptyState("", "", "circle-alert")
        self.in_the_way.hide()
        self.problems = RowList(_tr("Problems in the text"))
        self.problems.setObjectName("text-problems")
        self.place = SecondaryText()
        for hidden in (self.offer, self.conflict, self.refused, self.keys):
            hidden.hide()
        self._lay_out()
        for keys, does in self.editor.keys_of_its_section.items():
            QShortcut(keys, self, does)  # wherever the focus is; the editor itself is asked first
        self.find_button.clicked.connect(self.finding.open_bar)
        self.editor.find_wanted.connect(self.finding.open_bar)
        self.editor.cursorPositionChanged.connect(self._show_place)
        self.in_the_way.activated.connect(self.folder_wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def show_detail(self, detail: str) -> None:
        """`problem`: go to what keeps the file from being used; `problem/PORT`: to that place."""
        name, _, where = detail.partition("/")
        if name == "problem":
            self.problem_wanted.emit(where)

    def show_in_the_way(self, words: str) -> None:
        """Why there is no text, and what to do, in place of the editor; empty: there is one."""
        is_readable = not words
        if not is_readable:
            self.finding.hide()
        for part in (self.find_button, self.format_button, self.revert_button, self.save_button,
                     self.editor, self.state, self.place):  # fmt: skip
            part.setVisible(is_readable)
        self.in_the_way.show_text(words, "" if is_readable else _tr("Open folder"))
        self.in_the_way.setVisible(not is_readable)

    @property
    def is_readable(self) -> bool:
        return self.in_the_way.isHidden()

    def show_problems(self, rows: Sequence[Row]) -> None:
        self.problems.set_rows(rows)
        self.problems.setVisible(bool(rows))
        self._fit_problems()

    def show_state(self, words: str, *, is_changed: bool) -> None:
        self.state.setText(words)
        self.save_button.setEnabled(is_changed)
        self.revert_button.setEnabled(is_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_problems()

    def _fit_problems(self) -> None:
        """The text needs the room more than its problems do."""
        most = _PROBLEMS_SHOWN if self.height() > _HIGH else 1
        shown = min(self.problems.rows.rowCount(), most)
        self.problems.setFixedHeight(theme.current().row_height() * shown + 2)

    def _show_place(self) -> None:
        cursor = self.editor.textCursor()
        words = _tr("Line {line}, column {column}")
        line, column = cursor.blockNumber() + 1, cursor.positionInBlock() + 1
        self.place.setText(words.format(line=line, column=column))

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, L)
        column.setSpacing(S)
        column.addLayout(_row(self.path, 1, self.find_button, self.format_button,
                              self.revert_button, self.save_button))  # fmt: skip
        for bar in (self.offer, self.conflict, self.refused, self.keys, self.finding):
            column.addWidget(bar)
        column.addWidget(self.editor, 1)
        column.addWidget(self.in_the_way, 1)
        column.addWidget(self.problems)
        column.addLayout(_row(self.state, 1, self.place))
        around = QHBoxLayout(self)
        around.setContentsMargins(XL, 0, XL, 0)
        put_in_the_middle(around, content)
        self._show_place()


def _row(first: QWidget, stretch: int, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(S)
    row.addWidget(first, stretch)
    for other in others:
        row.addWidget(other, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsText", text)
