"""What a person is told of an error."""

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.errors import ClientError, ConfigError, as_sentences, few, sentences


def test_of_many_problems_the_first_are_told_and_how_many_more_there_are() -> None:
    issues = [Issue(f"Router.rules[{number}]", "is wrong.") for number in range(500)]

    error = ConfigError("config.json", issues)

    assert len(error.issues) == 500
    lines = error.message.strip().splitlines()
    assert len(lines) == 11
    assert lines[0] == "Router.rules[0]: is wrong."
    assert lines[-1].strip() == "And 490 more: `ccr config check` lists them all."


def test_some_are_told_one_by_one() -> None:
    assert few(["a"] * 10) == ["a"] * 10
    assert few([]) == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("the name h.invalid can't be resolved", "It failed. The name h.invalid can't be resolved"),
        ("config.json is gone.", "It failed. config.json is gone."),
        ("openrouter,big is gone.", "It failed. openrouter,big is gone."),
        ("Start it first.", "It failed. Start it first."),
        ("", "It failed."),
    ],
)
def test_what_follows_a_title_is_a_sentence_of_its_own(message: str, told: str) -> None:
    assert as_sentences(ClientError("It failed", message)) == told
    assert sentences("It failed", message) == told
