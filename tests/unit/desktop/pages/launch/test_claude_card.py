"""The card that says which Claude Code is used, or where none was found."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.launch.claude_card import ClaudeCard, Found
from ccr_desktop.desktop.pages.launch.page import LaunchPage
from ccr_desktop.desktop.pages.launch.rows import Folder
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.one_piece import in_one_piece
from tests.unit.desktop.views import drawn
from tests.unit.desktop.waiting import eventually


class InOtherWords(QTranslator):
    """A language in which two of the texts have words."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return {"the PATH": "le PATH", "the login shell": "le shell"}.get(source, source)


def test_where_it_was_looked_is_told_in_the_language_in_force(qapp: QApplication) -> None:
    translator = InOtherWords()
    qapp.installTranslator(translator)
    try:
        card = ClaudeCard()
        card.show_found(Found(install="npm i", looked=("the PATH", "~/bin", "the login shell")))
    finally:
        qapp.removeTranslator(translator)

    told = [label.text() for label in card.findChildren(QLabel)]
    assert any(f"le PATH, {in_one_piece('~/bin')}, le shell" in text for text in told)


async def test_an_opened_guide_is_in_sight_in_a_small_window(
    look: theme.Theme, qloop: Loop, qtbot: QtBot
) -> None:
    page = LaunchPage()
    qtbot.addWidget(page)
    page.resize(700, 380)
    page.projects.show_folders([Folder(path=Path("/home/ada", name)) for name in ("a", "b", "c")])
    page.claude.show_found(Found(install="npm i", looked=("the PATH", "~/bin")))
    page.show()
    await drawn()
    opener = page.findChild(QPushButton, "claude-guide")
    looked = page.findChild(HelpText, "claude-looked")
    assert opener
    assert looked

    opener.click()
    await eventually(lambda: is_whole(page, looked))
    assert is_whole(page, opener)


def is_whole(page: QWidget, part: QWidget) -> bool:
    return page.rect().contains(QRect(part.mapTo(page, QPoint()), part.size()))
