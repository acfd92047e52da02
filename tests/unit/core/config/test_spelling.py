"""Words that are nearly right."""

import pytest

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
