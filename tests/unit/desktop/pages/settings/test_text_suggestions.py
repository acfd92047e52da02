"""What is offered in the text is told in the words of the window."""

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.pages.settings.text_suggestions import offers_at


def about(text: str, label: str) -> str:
    _, _, offers = offers_at(text.replace("|", ""), text.index("|"))
    return next(offer.about for offer in offers if offer.label == label)


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("{ | }", "APIKEY", "Client key\n"),
        ('{"Providers": [{ | }]}', "transformer", "Compatibility fixes\n"),
        ('{"Router": {"rules": [{ | }]}}', "when", "Conditions of a rule\n"),
        (
            '{"Providers": [{"timeout": { | }}]}',
            "idle_s",
            "Seconds of silence within an answer\nOf silence within an answer. In s.",
        ),
        ('{"PORT": | }', "3456", "default"),
    ],
)
def test_a_setting_is_called_as_on_its_page(
    qapp: QApplication, text: str, label: str, words: str
) -> None:
    assert about(text, label).startswith(words)


def test_marks_of_the_documentation_are_not_shown(qapp: QApplication) -> None:
    _, _, offers = offers_at("{  }", 2)

    assert not [offer.about for offer in offers if "`" in offer.about]
