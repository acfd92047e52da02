"""Words that are nearly right."""

import pytest

from ccr_desktop.core.config import spelling
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.spelling import did_you_mean, nearest, note_unknown_keys

KNOWN = ("api_base_url", "longContext", "LOG", "think")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("longcontext", "longContext"),
        ("long_context", "longContext"),
        ("log", "LOG"),
        ("apibaseurl", "api_base_url"),
        ("thnk", "think"),
        ("something", None),
        ("", None),
    ],
)
def test_the_nearest_word(word: str, expected: str | None) -> None:
    assert nearest(word, KNOWN) == expected


def test_the_question_is_asked_only_when_something_is_near() -> None:
    assert did_you_mean("thnk", KNOWN) == "Did you mean 'think'? "
    assert did_you_mean("zebra", KNOWN) == ""


def test_unknown_keys_are_reported_but_remarks_are_not() -> None:
    issues: list[Issue] = []

    note_unknown_keys(
        {"think": 1, "thnk": 1, "zebra": 1, "_note": 1, "$schema": 1, "//": 1}, KNOWN, "R", issues
    )

    assert [str(issue) for issue in issues] == [
        "R.thnk: there is no such setting. Did you mean 'think'? It is kept, but has no effect.",
        "R.zebra: there is no such setting. It is kept, but has no effect.",
    ]


def test_what_was_meant_is_guessed_for_so_many_keys_only(monkeypatch: pytest.MonkeyPatch) -> None:
    guessed: list[str] = []

    def guess(key: str, _: object) -> str:
        guessed.append(key)
        return ""

    monkeypatch.setattr(spelling, "did_you_mean", guess)
    issues: list[Issue] = []

    note_unknown_keys({f"PROT{n}": 1 for n in range(1000)}, ("PORT",), "", issues)

    assert len(issues) == 1000
    assert len(guessed) == 200


def test_words_of_quite_another_length_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(*_: object, **_more: object) -> list[str]:
        raise AssertionError

    monkeypatch.setattr("difflib.get_close_matches", compared)

    assert nearest("a_setting_of_something_else", ("PORT", "HOST")) is None
