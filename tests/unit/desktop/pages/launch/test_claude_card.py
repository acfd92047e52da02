"""The card that says which Claude Code is used, or where none was found."""

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QLabel

from ccr_desktop.desktop.pages.launch.claude_card import ClaudeCard, Found
from ccr_desktop.desktop.widgets.one_piece import in_one_piece


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
