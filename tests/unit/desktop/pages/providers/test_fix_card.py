"""What is said of a fix, in the card and in the list that it is chosen from."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.desktop import language
from ccr_desktop.desktop.pages.providers.fix_card import FixCard
from ccr_desktop.desktop.pages.providers.fixes import Link
from ccr_desktop.desktop.pages.providers.fixes_section import FixesSection
from ccr_desktop.desktop.widgets.choices import Choice


def _choices(qtbot: QtBot) -> dict[str, Choice]:
    section = FixesSection()
    qtbot.addWidget(section)
    return {choice.key: choice for choice in section.add_picker.choices()}


def test_a_choice_has_the_whole_first_sentence(qtbot: QtBot) -> None:
    found = _choices(qtbot)["gemini-cli"]

    assert found.detail.endswith("(~/.gemini/oauth_creds.json)")


def test_fixes_and_their_options_are_told_of_in_the_language_of_the_window(qtbot: QtBot) -> None:
    language.current().use("zh_CN")
    card = FixCard(Link("maxtoken", {}))
    qtbot.addWidget(card)

    said = [label.text() for label in card.findChildren(QLabel)]
    choices = _choices(qtbot)

    assert choices.keys() == KNOWN_TRANSFORMERS.keys()
    assert [name for name, choice in choices.items() if choice.detail.isascii()] == []
    assert [words for words in said if words.isascii() and " " in words] == ["max_tokens (tokens)"]
