"""The models of a provider, in its form."""

from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.pages.providers.models_section import ModelsSection


def test_there_is_no_room_for_missing_words(qtbot: QtBot) -> None:
    section = ModelsSection()
    qtbot.addWidget(section)
    assert section.words.isHidden()

    section.show_failed("It is not for you.")

    assert not section.words.isHidden()
