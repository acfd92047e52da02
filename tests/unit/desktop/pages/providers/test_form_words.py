"""What is wrong in a form is told without a word of the file or of commands."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.setup.drafts import read_entry
from ccr_desktop.desktop.pages.providers.form_words import form_words, show_beside, worst
from ccr_desktop.desktop.widgets.form_row import FormRow

ENTRY = {
    "name": "Acme",
    "api_base_url": "https://acme.example/v1/chat/completions",
    "api_key": "sk-0123456789",
    "models": ["m"],
}
SET_IT = "Set it where the app starts, then start the app again; or enter the value here."
OF_A_PLUGIN = "One of a plugin needs that plugin: see Plugins in Settings."
ERROR, WARNING = Issue("a", "is wrong"), Issue("a", "is odd", severity="warning")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (
            {"api_key": "$NOT_THERE"},
            "The environment variable NOT_THERE is not set. " + SET_IT,
        ),
        (
            {"transformer": {"use": ["maxtoken"]}},
            "max_tokens is missing. Enter it here.",
        ),
        (
            {"transformer": {"use": ["nope"]}},
            "There is no transformer 'nope'; it has no effect. " + OF_A_PLUGIN,
        ),
    ],
)
def test_what_to_do_is_what_can_be_done_in_a_form(part: dict[str, Any], words: str) -> None:
    entry = {**ENTRY, **part}

    (issue,) = read_entry(entry, {"Providers": [entry]}, {}).issues

    assert form_words(issue) == words


def test_an_error_is_shown_before_what_may_stay() -> None:
    assert worst([WARNING, ERROR]) is ERROR
    assert worst([WARNING]) is WARNING
    assert worst([]) is None


def test_a_warning_keeps_nobody_from_saving_and_does_not_look_so(qtbot: QtBot) -> None:
    row = FormRow("A", QLineEdit())
    qtbot.addWidget(row)

    show_beside(row, [WARNING])
    assert (row.error(), row.warning()) == ("", "Is odd")
    assert not row.field.property("invalid")

    show_beside(row, [WARNING, ERROR])
    assert (row.error(), row.warning()) == ("Is wrong", "")
    assert row.field.property("invalid")

    show_beside(row, [])
    assert (row.error(), row.warning()) == ("", "")
