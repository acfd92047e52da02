"""What is wrong in a form is told without a word of the file or of commands."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.setup.drafts import read_entry
from ccr_desktop.core.setup.rule_edits import rule_issues
from ccr_desktop.desktop.form_words import form_words, show_beside, words_below, worst
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
        ({"name": ""}, "This is empty. A text is required."),
        (
            {"api_key": ""},
            "There is no key. Enter it, or switch on “The server wants no key”.",
        ),
        (
            {"api_keys": [""], "api_key": "sk-0123456789"},
            "This key is empty. Enter the key of your account.",
        ),
        (
            {"prices": {"other": {"input": 1, "output": 2}}},
            "The provider has no such model. Add it to the models, or correct the name.",
        ),
    ],
)
def test_what_to_do_is_what_can_be_done_in_a_form(part: dict[str, Any], words: str) -> None:
    entry = {**ENTRY, **part}

    (issue,) = read_entry(entry, {"Providers": [entry]}, {}).issues

    assert form_words(issue) == words


CONFIG = read_config({"Providers": [ENTRY], "Router": {"default": "Acme,m"}}, None, {})


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (
            {"route": "Acme,n"},
            (
                "'Acme' has no model 'n'. It is asked for all the same; add it to the provider's"
                " models when it is right."
            ),
        ),
        (
            {"route": "Acme"},
            "Found 'Acme', which names no model. Choose a provider and one of its models.",
        ),
        (
            {"when": {"time": "soon"}},
            "Found 'soon'. Enter a span such as 22:00-06:00.",
        ),
        (
            {"when": {}},
            (
                "There is no condition, so the rule holds for every request."
                " Add a condition, unless that is meant."
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_rule_names_nothing_of_the_file(
    part: dict[str, Any], words: str
) -> None:
    rule = {"name": "a", "when": {"agent": "b"}, "route": "Acme,m", **part}

    (issue,) = rule_issues(rule, CONFIG)

    assert form_words(issue) == words


@pytest.mark.parametrize(
    ("issue", "words"),
    [
        (
            Issue("api_kee", "there is no such setting.", "Did you mean 'api_key'? It is kept."),
            (
                "The settings file has “api_kee” here, which is no setting."
                " Did you mean 'api_key'? It is kept."
            ),
        ),
        (
            Issue("tokenizer.m", "found 'x'.", "A text is allowed."),
            "How tokens are counted: Found 'x'. A text is allowed.",
        ),
        (Issue("", "is odd."), "Is odd."),
    ],
)
def test_what_belongs_to_no_field_begins_with_no_name_of_the_file(issue: Issue, words: str) -> None:
    assert words_below([issue]) == words


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
